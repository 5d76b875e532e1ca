use super::*;

fn read(text: &str) -> Vec<String> {
    let lines = lines(text);
    assert_eq!(lines.problems, [], "{text}");
    lines.lines
}

const FLOWS: [&str; 2] = [
    "shop/web -> shop/api tcp/8080 allow",
    "shop/web -> 198.51.100.7 udp/53 deny",
];

#[test]
fn a_spreadsheet_is_pasted_as_flows() {
    let rows = "shop/web\tshop/api\t8080\tTCP\tAllow\nshop/web\t198.51.100.7\t53\tUDP\tdenied\n";
    assert_eq!(read(rows), FLOWS);
}

#[test]
fn columns_are_found_by_their_names_in_any_order() {
    let csv = "\"Verdict\",note,Port,\"Protocol\",From,To\nallow,x,8080,tcp,shop/web,shop/api\ndrop,,53,udp,shop/web,198.51.100.7";
    assert_eq!(read(csv), FLOWS);
}

#[test]
fn a_markdown_table_is_a_table() {
    let table = "| source | destination | port | expected |\n|---|:--|--|---|\n| `shop/web` | `shop/api` | tcp/8080 | allow |\n";
    assert_eq!(read(table), FLOWS[..1]);
}

#[test]
fn port_and_protocol_may_be_swapped_or_left_out() {
    assert_eq!(
        read("a,b,TCP,80\nc,d,443,"),
        ["a -> b tcp/80", "c -> d tcp/443"]
    );
    assert_eq!(read("a|b|icmp/8|"), ["a -> b icmp/8"]);
}

#[test]
fn lines_stay_lines() {
    let list = "# flows\n- 'a -> b tcp/80'\n\n- a->b tcp/81 # why\n";
    assert_eq!(read(list), ["a -> b tcp/80", "a->b tcp/81 # why"]);
}

#[test]
fn a_row_that_cannot_be_read_is_kept_and_told_with_its_column() {
    let lines = lines("a,b,80,tcp\na,b_c,80,tcp");
    assert_eq!(lines.lines[1], "a -> b_c tcp/80");
    let problem = &lines.problems[0];
    assert_eq!((problem.line, problem.column), (2, 6));
    assert_eq!(
        problem.message,
        "`b_c` is not a pod, an address or a domain name"
    );
    assert!(problem.help.contains("namespace/name"));
}
