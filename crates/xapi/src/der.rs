//! As much of X.509 as it takes to find the key in a certificate (RFC 5280 section 4.1).

const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
/// 1.2.840.113549.1.1.1
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The `RSAPublicKey` in a certificate.
pub(crate) fn rsa_key(certificate: &[u8]) -> Option<&[u8]> {
    let certificate = &mut { certificate };
    let signed = &mut take(&mut take(certificate, SEQUENCE)?, SEQUENCE)?;
    if signed.first() == Some(&VERSION) {
        take(signed, VERSION)?;
    }
    take(signed, INTEGER)?;
    // The algorithm of the signature, the issuer, the validity and the subject.
    for _ in 0..4 {
        take(signed, SEQUENCE)?;
    }
    let info = &mut take(signed, SEQUENCE)?;
    if take(&mut take(info, SEQUENCE)?, OBJECT_ID)? != RSA {
        return None;
    }
    match take(info, BITS)?.split_first()? {
        (0, key) => Some(key),
        _ => None,
    }
}

/// Takes the next element, if it has this tag, and gives its content.
fn take<'a>(rest: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (head, after) = rest.split_first_chunk::<2>()?;
    if head[0] != tag {
        return None;
    }
    let (length, after) = match head[1] {
        short @ ..=0x7f => (usize::from(short), after),
        long @ 0x81..=0x84 => {
            let (digits, after) = after.split_at_checked(usize::from(long - 0x80))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), after)
        }
        // Without a length, or with one of more than four bytes: nothing that a certificate has.
        _ => return None,
    };
    let (content, after) = after.split_at_checked(length)?;
    *rest = after;
    Some(content)
}
