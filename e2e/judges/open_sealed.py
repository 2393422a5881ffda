"""Opens a sealed file by crates/vault/FORMAT.md with nothing but PyNaCl and Python's own hmac, and tries what must not open.

    open_sealed.py KEY < sealed file

KEY is the case's secret key in hexadecimal. Prints the SHA-256 of the contents, and how many changed files opened all the same.
"""

import hashlib
import hmac
import json
import random
import sys

from nacl import bindings, exceptions

HEADER, NONCE, CARRIED, TAG = 72, 24, 4 + 65_536, 16
FRAME = NONCE + CARRIED + TAG
LABEL = b"mist/file/1"


class Refused(Exception):
    pass


def hkdf(secret, salt, info):
    """RFC 5869 for one block."""
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def key_of(header, secret):
    if len(header) != HEADER or header[:8] != b"MISTfile":
        raise Refused
    ephemeral = header[40:]
    try:
        shared = bindings.crypto_scalarmult(secret, ephemeral)
    except exceptions.CryptoError as error:
        raise Refused from error
    return hkdf(shared, ephemeral + bindings.crypto_scalarmult_base(secret), LABEL)


def open_frame(key, header, index, is_last, frame):
    about = LABEL + header[8:40] + index.to_bytes(8, "big") + bytes([is_last])
    try:
        carried = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(frame[NONCE:], about, frame[:NONCE], key)
    except (exceptions.CryptoError, ValueError) as error:
        raise Refused from error
    length = int.from_bytes(carried[:4], "big")
    if len(carried) != CARRIED or length > CARRIED - 4 or any(carried[4 + length :]):
        raise Refused
    return carried[4 : 4 + length]


def open_file(secret, sealed):
    header, body = sealed[:HEADER], sealed[HEADER:]
    if not body or len(body) % FRAME:
        raise Refused
    key = key_of(header, secret)
    frames = [body[at : at + FRAME] for at in range(0, len(body), FRAME)]
    return b"".join(open_frame(key, header, at, at + 1 == len(frames), frame) for at, frame in enumerate(frames))


def changed_files(sealed):
    """What somebody may do to a file: flip, cut, leave out, double, swap."""
    header, body = sealed[:HEADER], sealed[HEADER:]
    frames = [body[at : at + FRAME] for at in range(0, len(body), FRAME)]
    # Every byte of the header; of the frames, every byte that is no contents, and some of the contents.
    some = random.Random(1).sample(range(NONCE, FRAME - TAG), 200)
    for at in range(HEADER):
        yield sealed[:at] + bytes([sealed[at] ^ 0x80]) + sealed[at + 1 :]
    for number in range(len(frames)):
        for within in [*range(NONCE), *some, *range(FRAME - TAG, FRAME)]:
            at = HEADER + number * FRAME + within
            yield sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for at in [HEADER, HEADER + 1, len(sealed) - FRAME, len(sealed) - 1]:
        yield sealed[:at]
    for one in range(len(frames)):
        yield header + b"".join(frames[:one] + frames[one + 1 :])
        yield header + b"".join(frames[: one + 1] + frames[one:])
        for other in range(one):
            swapped = frames.copy()
            swapped[one], swapped[other] = swapped[other], swapped[one]
            yield header + b"".join(swapped)


def main():
    secret, sealed = bytes.fromhex(sys.argv[1]), sys.stdin.buffer.read()
    contents = open_file(secret, sealed)
    tried, opened = 0, 0
    for changed in changed_files(sealed):
        tried += 1
        try:
            open_file(secret, changed)
            opened += 1
        except Refused:
            pass
    try:
        open_file(bytes(32), sealed)
        other_key = "opened"
    except Refused:
        other_key = "refused"
    digest = hashlib.sha256(contents).hexdigest()
    json.dump({"sha256": digest, "tried": tried, "opened": opened, "other_key": other_key}, sys.stdout)


main()
