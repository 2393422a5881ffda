// A security key that Chromium plays itself.

const QUESTION = "**/passkey/question";

/** Gives the page an authenticator, which derives keys if `prf` says so; nobody touches it until a test does. */
export async function deviceOf(context, page, { prf = false } = {}) {
    const session = await context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    const options = {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        ...(prf && { ctap2Version: "ctap2_1", hasPrf: true }),
        isUserVerified: true,
        // A suggestion must not sign anybody in by itself.
        automaticPresenceSimulation: false,
    };
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
    const touch = (enabled) => session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });

    /** Does something, with a finger that comes down when the portal is asked for the question, and waits for what follows. */
    const withTouch = async (act, arrived, question = QUESTION) => {
        // Not earlier: the suggestion that waits in the address field would take the touch for itself.
        const lower = async (route) => {
            await touch(true);
            await route.continue();
        };
        await page.route(question, lower, { times: 1 });
        await act();
        await arrived();
        await touch(false);
    };
    const passkeys = async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    const verifies = (isUserVerified) => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    return { touch, withTouch, passkeys, verifies };
}
