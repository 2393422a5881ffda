// What a unit tells the learning system that launched it (cmi5), and what it keeps there to go on later. Nothing here knows a page.

import Cmi5 from "@xapi/cmi5";

/** The state in which a unit keeps how far its learner is. */
const STATE = "progress";
/** Where the token of the session stands in this tab, so that loading the page anew goes on in the same session. */
const SESSION = "mist-unit-session";

const status = (error) => error?.response?.status;
/** Whether a request came to no answer at all. */
const isLost = (error) => status(error) === undefined;
/** Whether the learning system says no, so that the same again is of no use. */
export const isRefused = (error) => [400, 401, 403].includes(status(error));

/** What this tab kept of the session with this address; nothing where the browser keeps nothing within frames. */
function session(fetch) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(SESSION) ?? "null");
    return kept?.fetch === fetch ? { authToken: kept.authToken, initializedDate: new Date(kept.initialized) } : undefined;
  } catch {
    return undefined;
  }
}

function keepSession(kept) {
  try {
    if (kept) sessionStorage.setItem(SESSION, JSON.stringify(kept));
    else sessionStorage.removeItem(SESSION);
  } catch {
    // Loading the page anew then asks for a launch from the learning system.
  }
}

/** A page that records nothing, and why: `no_launch`, `unreachable` or `spent`. */
const silent = (why) => ({
  why,
  mode: "None",
  languages: [],
  state: undefined,
  keep: async () => {},
  completed: async () => {},
  judged: async () => {},
  end: async () => undefined,
});

/** Speaks to the learning system, if the page was launched by one. */
export async function connect() {
  if (!Cmi5.isCmiAvailable) return silent("no_launch");
  const cmi5 = new Cmi5();
  const { fetch } = cmi5.getLaunchParameters();
  const known = session(fetch);
  try {
    await cmi5.initialize(known);
    if (!known) keepSession({ fetch, authToken: cmi5.getAuthToken(), initialized: cmi5.getInitializedDate().toISOString() });
    return record(cmi5, await stateOf(cmi5));
  } catch (error) {
    // The token is given once: where it was, only another launch helps.
    return silent(isLost(error) && !cmi5.getAuthToken() ? "unreachable" : "spent");
  }
}

/** Who learns what, as documents are found by. */
function place(cmi5) {
  const { actor, activityId, registration } = cmi5.getLaunchParameters();
  return { agent: actor, activityId, registration, stateId: STATE };
}

async function stateOf(cmi5) {
  try {
    const { data } = await cmi5.xapi.getState(place(cmi5));
    return data && typeof data === "object" ? data : undefined;
  } catch (error) {
    if (status(error) === 404) return undefined;
    throw error;
  }
}

function record(cmi5, state) {
  const { launchMode, returnURL, masteryScore } = cmi5.getLaunchData();
  const isNormal = launchMode === "Normal";
  const preferred = cmi5.getLearnerPreferences()?.languagePreference ?? "";
  const judge = (options, right, asked, hasPassed) => {
    const score = { scaled: right / asked, raw: right, min: 0, max: asked };
    return hasPassed ? cmi5.pass(score, options) : cmi5.fail(score, options);
  };
  return {
    why: undefined,
    mode: launchMode,
    languages: preferred.split(",").map((tag) => tag.trim()),
    state,
    /** The score that passes, which a learning system may set otherwise than the course does. */
    mastery: masteryScore,

    /** Keeps how far the learner is; whoever only looks leaves it as it was. */
    keep: async (next) => {
      if (isNormal) await cmi5.xapi.setState({ ...place(cmi5), state: next });
    },

    /** The learner has done all of it. */
    completed: once(isNormal, (options) => cmi5.complete(options)),

    /** The learner has so many right of so many, and so passes or fails. */
    judged: once(isNormal, judge),

    /** The session ends; where the learner goes then, if the learning system says so. */
    end: async () => {
      try {
        await cmi5.terminate();
      } catch (error) {
        // Whoever ended it already, or another launch, was faster.
        if (isLost(error) || status(error) >= 500) throw error;
      }
      keepSession(undefined);
      return /^https?:/i.test(returnURL ?? "") ? returnURL : undefined;
    },
  };
}

/**
 * Says something that is said once. Where the answer was lost, the very same statement is sent again, which a store takes for the one
 * that it has: other facts would not be heard any more, so that whoever calls again brings the same.
 */
function once(isNormal, say) {
  let statement;
  let isSaid = !isNormal;
  return async (...facts) => {
    if (isSaid) return;
    try {
      await say({ transform: (made) => (statement ??= made) }, ...facts);
    } catch (error) {
      if (status(error) !== 409) throw error;
    }
    isSaid = true;
  };
}
