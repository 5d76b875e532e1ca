use super::*;

const MEMBERS: [u32; 6] = [0, 1, 63, 64, 128, 190];

fn bits(members: &[u32]) -> Bits {
    let mut bits = Bits::none(191);
    members.iter().for_each(|member| bits.insert(*member));
    bits
}

#[test]
fn members_are_listed_in_order() {
    assert!(bits(&MEMBERS).members().eq(MEMBERS));
    assert_eq!(bits(&MEMBERS).last(), Some(190));
    assert_eq!((bits(&[]).members().next(), bits(&[]).last()), (None, None));
}

#[test]
fn both_forms_of_a_set_have_the_same_members() {
    let other = bits(&[1, 64, 100]);
    let few = Peers::new(MEMBERS.to_vec(), 191);
    let many = Peers::Many(bits(&MEMBERS));
    assert!(matches!(few, Peers::Few(_)));
    for peers in [few, many] {
        assert_eq!(peers.members(), MEMBERS);
        assert_eq!(peers.and(&other), Some(bits(&[1, 64])));
        assert_eq!(peers.and(&bits(&[2, 65])), None);
    }
}
