use super::*;

fn press(key: &str) -> Press {
    Press {
        key: key.to_owned(),
        ..Press::default()
    }
}

#[test]
fn letters_work_outside_of_text_and_can_be_turned_off() {
    assert_eq!(command(&press("j"), true), Some(Command::Step(1)));
    assert_eq!(command(&press("j"), false), None);
    let typing = Press {
        typing: true,
        ..press("j")
    };
    assert_eq!(command(&typing, true), None);
}

#[test]
fn letters_with_a_modifier_stay_with_the_browser() {
    let copy = Press {
        command: true,
        ..press("d")
    };
    assert_eq!(command(&copy, true), None);
    let alt = Press {
        alt: true,
        ..press("d")
    };
    assert_eq!(command(&alt, true), None);
}

#[test]
fn undo_in_the_editor_is_the_editors() {
    let undo = Press {
        command: true,
        ..press("z")
    };
    assert_eq!(command(&undo, true), Some(Command::Undo));
    assert_eq!(
        command(
            &Press {
                typing: true,
                ..undo
            },
            true
        ),
        None
    );
}

#[test]
fn function_keys_work_everywhere() {
    let back = Press {
        typing: true,
        shift: true,
        ..press("F8")
    };
    assert_eq!(command(&back, false), Some(Command::Problem(-1)));
}

#[test]
fn keys_are_written_for_the_system() {
    assert_eq!(shown("⌘Z ⇧⌘Z", false), "Ctrl+Z Ctrl+Shift+Z");
    assert_eq!(shown("⇧F8", true), "⇧F8");
    assert_eq!(shown("⇧⌘[", true), "⌥⌘[");
}
