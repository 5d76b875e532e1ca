//! The selector cases of the semantics reference, section 2.9, by number. Calico's own parser gave
//! the results, canonical forms and messages.

use Expected::{Error, Match, No};
use tierwalk_selector::Selector;

/// What a case gives.
#[derive(Clone, Copy)]
enum Expected {
    /// Matches; the canonical form.
    Match(&'static str),
    /// Does not match; the canonical form.
    No(&'static str),
    /// Does not parse; the message.
    Error(&'static str),
}

type Row = (
    u32,
    &'static str,
    &'static [(&'static str, &'static str)],
    Expected,
);

#[rustfmt::skip]
const ROWS: [Row; 106] = [
    (1, "tier == 'gold'", &[("tier", "gold")], Match("tier == \"gold\"")),
    (2, "tier == 'gold'", &[("tier", "Gold")], No("tier == \"gold\"")),
    (3, "tier == 'gold'", &[], No("tier == \"gold\"")),
    (4, "tier==\"gold\"", &[("tier", "gold")], Match("tier == \"gold\"")),
    (5, "tier == ''", &[], No("tier == \"\"")),
    (6, "tier == ''", &[("tier", "")], Match("tier == \"\"")),
    (7, "tier != 'gold'", &[], Match("tier != \"gold\"")),
    (8, "tier != 'gold'", &[("tier", "gold")], No("tier != \"gold\"")),
    (9, "tier != 'gold'", &[("tier", "tin")], Match("tier != \"gold\"")),
    (10, "tier != ''", &[], Match("tier != \"\"")),
    (11, "tier !='gold'", &[("tier", "tin")], Match("tier != \"gold\"")),
    (12, "tier ! = 'gold'", &[], Error("expected ==")),
    (13, "! tier == 'gold'", &[], Match("!tier == \"gold\"")),
    (14, "!tier != 'gold'", &[], No("!tier != \"gold\"")),
    (15, "!tier != 'gold'", &[("tier", "gold")], Match("!tier != \"gold\"")),
    (16, "zone in {'a','b'}", &[("zone", "b")], Match("zone in {\"a\", \"b\"}")),
    (17, "zone in {'a','b'}", &[], No("zone in {\"a\", \"b\"}")),
    (18, "zone in {}", &[("zone", "a")], No("zone in {}")),
    (19, "zone in {'a',}", &[("zone", "a")], Match("zone in {\"a\"}")),
    (20, "zone in {,'a'}", &[("zone", "a")], Error("expected }")),
    (21, "zone in {'a' 'b'}", &[], Error("expected }")),
    (22, "zone in ['a']", &[], Error("expected identifier")),
    (23, "zone in {a}", &[], Error("expected }")),
    (24, "zone in 'a'", &[], Error("expected set literal")),
    (25, "zone in{'a'}", &[("zone", "a")], Match("zone in {\"a\"}")),
    (26, "zone not in {'a'}", &[], Match("zone not in {\"a\"}")),
    (27, "zone not in {'a'}", &[("zone", "a")], No("zone not in {\"a\"}")),
    (28, "zone notin {'a'}", &[("zone", "c")], Match("zone not in {\"a\"}")),
    (29, "zone not in {}", &[], Match("zone not in {}")),
    (30, "has(zone) && zone not in {'a'}", &[], No("(has(zone) && zone not in {\"a\"})")),
    (31, "zone !in {'a'}", &[], Error("expected == or != not: TokNot()")),
    (32, "zone NOT IN {'a'}", &[], Error("expected operator after label \"zone\"")),
    (33, "!(zone in {'a'})", &[], Match("!zone in {\"a\"}")),
    (34, "has(zone)", &[("zone", "")], Match("has(zone)")),
    (35, "has(zone)", &[], No("has(zone)")),
    (36, "!has(zone)", &[], Match("!has(zone)")),
    (37, "has( zone )", &[("zone", "x")], Match("has(zone)")),
    (38, "has (zone)", &[("zone", "x")], Error("expected == or != not: TokLParen()")),
    (39, "has()", &[], Error("expected identifier")),
    (40, "has('zone')", &[], Error("expected identifier")),
    (41, "!!has(zone)", &[("zone", "x")], Match("has(zone)")),
    (42, "! !! has(zone)", &[("zone", "x")], No("!has(zone)")),
    (43, "all()", &[], Match("all()")),
    (44, "all( )", &[], Match("all()")),
    (45, "all ()", &[], Error("expected == or != not: TokLParen()")),
    (46, "!all()", &[("k", "v")], No("!all()")),
    (47, "ALL()", &[], Error("expected == or != not: TokLParen()")),
    (48, "all", &[], Error("unexpected end of string looking for op")),
    (49, "global()", &[], Match("global()")),
    (50, "", &[], Match("all()")),
    (51, "   ", &[], Match("all()")),
    (52, "\n", &[], Error("expected identifier")),
    (53, "all()\n", &[], Error("expected identifier")),
    (54, "img contains 'ngin'", &[("img", "nginx")], Match("img contains \"ngin\"")),
    (55, "img contains ''", &[("img", "x")], Match("img contains \"\"")),
    (56, "img contains ''", &[], No("img contains \"\"")),
    (57, "img starts with 'ng'", &[("img", "nginx")], Match("img starts with \"ng\"")),
    (58, "img startswith 'ng'", &[("img", "nginx")], Match("img starts with \"ng\"")),
    (59, "img starts    with 'ng'", &[("img", "nginx")], Match("img starts with \"ng\"")),
    (60, "img ends with 'nx'", &[("img", "nginx")], Match("img ends with \"nx\"")),
    (61, "img endswith 'NX'", &[("img", "nginx")], No("img ends with \"NX\"")),
    (62, "img starts with ng", &[], Error("expected operator after label \"img\"")),
    (63, "img contains ng", &[], Error("expected string")),
    (64, "!img contains 'q'", &[], Match("!img contains \"q\"")),
    (65, "a == '1' && b == '2'", &[("a", "1"), ("b", "2")], Match("(a == \"1\" && b == \"2\")")),
    (66, "a == '1' || b == '2'", &[("b", "2")], Match("(a == \"1\" || b == \"2\")")),
    (67, "a == '0' && b == '0' || c == '1'", &[("c", "1")], Match("((a == \"0\" && b == \"0\") || c == \"1\")")),
    (68, "c == '1' || a == '0' && b == '0'", &[("c", "1")], Match("(c == \"1\" || (a == \"0\" && b == \"0\"))")),
    (69, "(c == '1' || a == '0') && b == '0'", &[("c", "1")], No("((c == \"1\" || a == \"0\") && b == \"0\")")),
    (70, "a=='1'&&b=='2'||c=='3'", &[("a", "1"), ("b", "2")], Match("((a == \"1\" && b == \"2\") || c == \"3\")")),
    (71, "!a == '1' && b == '2'", &[("b", "2")], Match("(!a == \"1\" && b == \"2\")")),
    (72, "!(a == '1' && b == '2')", &[("a", "1")], Match("!(a == \"1\" && b == \"2\")")),
    (73, "((a == '1'))", &[("a", "1")], Match("a == \"1\"")),
    (74, "a == '1' & b == '2'", &[], Error("expected &&")),
    (75, "a == '1' | b == '2'", &[], Error("expected ||")),
    (76, "a == '1' and b == '2'", &[], Error("expected operator after label \"and\"")),
    (77, "a == '1' &&", &[], Error("unexpected token: TokEOF()")),
    (78, "(a == '1'", &[], Error("expected )")),
    (79, "a == '1')", &[], Error("unexpected content at end of selector [TokRParen() TokEOF()]")),
    (80, "a == '1' b == '2'", &[], Error("unexpected content at end of selector [TokLabel(b) TokEq() TokStringLiteral(2) TokEOF()]")),
    (81, "()", &[], Error("unexpected token: TokRParen()")),
    (82, "a = '1'", &[], Error("expected ==")),
    (83, "a == 1", &[], Error("expected string")),
    (84, "a == one", &[], Error("expected string")),
    (85, "'1' == a", &[], Error("unexpected token: TokStringLiteral(1)")),
    (86, "a", &[], Error("unexpected end of string looking for op")),
    (87, "!", &[], Error("unexpected token: TokEOF()")),
    (88, "a == 'x", &[], Error("unterminated string")),
    (89, "a == 'it\\'s'", &[], Error("unterminated string")),
    (90, "a == \"it's\"", &[("a", "it's")], Match("a == \"it's\"")),
    (91, "a == 'say \"hi\"'", &[("a", "say \"hi\"")], Match("a == 'say \"hi\"'")),
    (92, "a == 'x # y'", &[("a", "x # y")], Match("a == \"x # y\"")),
    (93, "a == 'x' # y", &[], Error("expected identifier")),
    (94, "a < '5'", &[], Error("expected operator after label \"a\"")),
    (95, "app.kubernetes.io/name == 'x'", &[("app.kubernetes.io/name", "x")], Match("app.kubernetes.io/name == \"x\"")),
    (96, "k8s-app_2 == 'x'", &[("k8s-app_2", "x")], Match("k8s-app_2 == \"x\"")),
    (97, "9lives == 'y'", &[("9lives", "y")], Match("9lives == \"y\"")),
    (98, "a:b == 'x'", &[], Error("expected operator after label \"a\"")),
    (99, "in in {'in'}", &[("in", "in")], Match("in in {\"in\"}")),
    (100, "has == 'x'", &[("has", "x")], Match("has == \"x\"")),
    (101, "not not in {'x'}", &[], Match("not not in {\"x\"}")),
    (102, "not in {'x'}", &[("not", "y")], No("not in {\"x\"}")),
    (103, "contains contains 'on'", &[("contains", "contains")], Match("contains contains \"on\"")),
    (104, "hasty == 'x'", &[("hasty", "x")], Match("hasty == \"x\"")),
    (105, "a == 'é'", &[("a", "é")], Match("a == \"é\"")),
    (106, "naïve == 'x'", &[], Error("expected operator after label \"na\"")),
];

#[test]
fn all_106_cases_give_what_calico_gives() {
    for (number, text, labels, expected) in ROWS {
        match (Selector::parse(text), expected) {
            (Ok(selector), Match(canonical) | No(canonical)) => {
                let matches = matches!(expected, Match(_));
                assert_eq!(selector.matches(labels), matches, "case {number}: {text:?}");
                assert_eq!(selector.canonical(), canonical, "case {number}: {text:?}");
            }
            (Err(error), Error(message)) => {
                assert_eq!(error.message, message, "case {number}: {text:?}");
            }
            (result, _) => panic!("case {number}: {text:?} gave {result:?}"),
        }
    }
}
