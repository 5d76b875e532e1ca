use proptest::prelude::*;

use super::{Address, Prefix, Segments};

fn owners(segments: &Segments<u32>, address: u32) -> Vec<u32> {
    let mut owners: Vec<u32> = segments.owners(address).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

fn prefix(bits: u32, len: u8, owner: u32) -> Prefix<u32> {
    let first = bits & !u32::MAX.checked_shr(len.into()).unwrap_or(0);
    Prefix { first, len, owner }
}

#[test]
fn the_whole_address_space_and_its_last_address() {
    let segments = Segments::new(vec![prefix(0, 0, 1), prefix(u32::MAX, 32, 2)]);
    assert_eq!(owners(&segments, 0), [1]);
    assert_eq!(owners(&segments, u32::MAX - 1), [1]);
    assert_eq!(owners(&segments, u32::MAX), [1, 2]);
}

#[test]
fn nothing_covers_an_address_before_or_between_prefixes() {
    let segments = Segments::new(vec![prefix(0x0a00_0000, 8, 1), prefix(0x0c00_0000, 8, 1)]);
    assert!(owners(&segments, 5).is_empty());
    assert_eq!(owners(&segments, 0x0a00_0001), [1]);
    assert!(owners(&segments, 0x0b00_0000).is_empty());
    assert!(owners(&segments, 0x0d00_0000).is_empty());
}

/// Addresses that are close to each other, so that prefixes overlap.
fn near() -> impl Strategy<Value = u32> {
    prop_oneof![0u32..64, (u32::MAX - 63)..=u32::MAX]
}

proptest! {
    #[test]
    fn agrees_with_looking_at_every_prefix(
        prefixes in prop::collection::vec((near(), 24u8..=32, 0u32..6), 0..24),
        address in near(),
    ) {
        let prefixes: Vec<_> = prefixes.into_iter().map(|(b, l, o)| prefix(b, l, o)).collect();
        let mut expected: Vec<u32> = prefixes
            .iter()
            .filter(|p| p.first <= address && address <= p.first.last(p.len))
            .map(|p| p.owner)
            .collect();
        expected.sort_unstable();
        expected.dedup();
        prop_assert_eq!(owners(&Segments::new(prefixes), address), expected);
    }
}
