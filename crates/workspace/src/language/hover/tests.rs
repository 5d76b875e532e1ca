use std::sync::Arc;

use tierwalk_template::Library;

use super::*;

#[test]
fn what_takes_no_part_is_explained_as_far_as_it_is_written() {
    let text = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nspec:\n  selector: a=='b'\n";
    let read = Arc::new(Read::yaml(text, &Library::shipped()));
    let at = text.find("a==").unwrap();
    let told = hover(&Workspace::default(), &read, at).unwrap();
    assert_eq!(told.text, ["Canonical form: `a == \"b\"`"]);
    assert_eq!(hover(&Workspace::default(), &read, text.len()), None);
}
