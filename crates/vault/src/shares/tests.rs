use super::*;
use proptest::prelude::*;

#[test]
fn the_field_is_the_one_of_the_standard() {
    assert_eq!(multiply(0x57, 0x83), 0xc1, "FIPS 197, 4.2");
    for one in 1..=255 {
        assert_eq!(multiply(divide(1, one), one), 1, "{one}");
    }
}

#[test]
fn any_two_shares_open_and_their_words_say_which_is_wrong() {
    let key = SecretKey::generate();
    let shares = split(&key);
    assert_eq!(shares.each_ref().map(Share::number), [1, 2, 3]);
    for (one, other) in [(0, 1), (1, 0), (0, 2), (2, 1)] {
        let typed = [one, other].map(|at: usize| Share::parse(&shares[at].words().join("　")).unwrap());
        assert_eq!(join(&typed[0], &typed[1]).unwrap().expose(), key.expose());
    }
    assert_eq!(join(&shares[0], &shares[0]).unwrap_err(), NotJoined::Same);
    assert_eq!(join(&shares[0], &split(&SecretKey::generate())[1]).unwrap_err(), NotJoined::OtherKey);
    assert_eq!(join(&shares[0], &split(&key)[1]).unwrap_err(), NotJoined::OtherKey, "of the same key, split another time");
    assert_eq!(format!("{:?}", shares[1]), "Share(2, ***)");
}

#[test]
fn a_mistyped_share_is_noticed() {
    let words = split(&SecretKey::generate())[0].words();
    assert_eq!(words.len(), WORDS);
    let mut swapped = words.clone();
    let other = swapped.iter().position(|word| *word != words[0]).unwrap();
    swapped.swap(0, other);
    assert_eq!(Share::parse(&swapped.join(" ")).unwrap_err(), CodeFault::Check);
    assert!(matches!(Share::parse(&words[1..].join(" ")).unwrap_err(), CodeFault::Count { got: 27, wanted: 28 }));
    let mut unknown = words;
    unknown[27] = "病院";
    assert!(matches!(Share::parse(&unknown.join(" ")).unwrap_err(), CodeFault::Unknown { position: 28, nearest: None, .. }));
}

/// For every key there is a slope that gives the same share: so the share tells nothing about the key.
#[test]
fn one_share_alone_fits_every_key() {
    let share = &split(&SecretKey::generate())[1];
    for _ in 0..100 {
        let other = SecretKey::generate();
        let mut slope = [0; 32];
        for (slope, (value, byte)) in slope.iter_mut().zip(share.value.iter().zip(other.expose())) {
            *slope = divide(value ^ byte, 2);
        }
        assert_eq!(split_by(&other, &slope)[1].value, share.value);
    }
}

proptest! {
    #[test]
    fn any_key_comes_back(bytes in any::<[u8; 32]>(), slope in any::<[u8; 32]>()) {
        let key = SecretKey::from_bytes(&bytes).unwrap();
        let [one, two, three] = split_by(&key, &slope);
        for (one, other) in [(&one, &two), (&two, &three), (&three, &one)] {
            let typed = Share::parse(&one.words().join(" ")).unwrap();
            let joined = join(&typed, other).unwrap();
            prop_assert_eq!(joined.expose(), key.expose());
        }
    }
}
