use super::*;

fn at(text: &str, offset: usize) -> (u32, u32, u32) {
    let position = LineIndex::new(text).position(text, offset);
    (position.line, position.column, position.utf16)
}

#[test]
fn counts_lines_and_columns_from_one() {
    assert_eq!(at("ab\ncd", 0), (1, 1, 0));
    assert_eq!(at("ab\ncd", 4), (2, 2, 4));
}

#[test]
fn counts_utf16_code_units() {
    let text = "é: 𝄞x\ny";
    assert_eq!(at(text, text.find('x').unwrap()), (1, 6, 5));
    assert_eq!(at(text, text.find('y').unwrap()), (2, 1, 7));
}

#[test]
fn the_end_and_beyond_are_the_last_position() {
    assert_eq!(at("ab\n", 3), (2, 1, 3));
    assert_eq!(at("ab", 99), (1, 3, 2));
}
