// A unit of cmi5 as a publisher would write it, with nothing but what a browser has.
const asked = new URL(location.href).searchParams;
const told = document.getElementById("told");
const question = document.getElementById("question");
const end = document.getElementById("end");
const begun = Date.now();
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
let token = "";
let data = {};

async function ask(method, resource, query, body) {
  const address = `${asked.get("endpoint").replace(/\/*$/, "/")}${resource}?${new URLSearchParams(query)}`;
  const headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer;
}

async function say(verb, result) {
  const context = structuredClone(data.contextTemplate);
  context.registration = asked.get("registration");
  context.contextActivities.category = [{ id: `${CATEGORY}cmi5` }];
  if (result && ("success" in result || "completion" in result)) context.contextActivities.category.push({ id: `${CATEGORY}moveon` });
  if (result && result.score) context.extensions[MASTERY] = data.masteryScore;
  const id = crypto.randomUUID();
  const statement = {
    id, timestamp: new Date().toISOString(), actor: JSON.parse(asked.get("actor")),
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` }, object: { objectType: "Activity", id: asked.get("activityId") }, context,
  };
  if (result) statement.result = { ...result, duration: `PT${Math.round((Date.now() - begun) / 1000)}S` };
  await ask("PUT", "statements", { statementId: id }, statement);
}

async function begin() {
  const given = await (await fetch(asked.get("fetch"), { method: "POST" })).json();
  if (!given["auth-token"]) throw new Error(given["error-text"]);
  token = given["auth-token"];
  const [agent, activityId, registration] = ["actor", "activityId", "registration"].map((name) => asked.get(name));
  data = await (await ask("GET", "activities/state", { stateId: "LMS.LaunchData", activityId, agent, registration })).json();
  await ask("GET", "agents/profile", { profileId: "cmi5LearnerPreferences", agent });
  await say("initialized");
  question.hidden = data.launchMode !== "Normal";
  end.hidden = data.launchMode === "Normal";
}

question.addEventListener("submit", async (event) => {
  event.preventDefault();
  const right = new FormData(question).get("choice") === "call";
  try {
    question.hidden = true;
    await say("completed", { completion: true });
    await say(right ? "passed" : "failed", { success: right, score: { scaled: right ? 1 : 0 } });
    told.textContent = right ? "正解です。メールへの返信では、本人かどうかを確かめられません。" : "残念です。メールへの返信では、本人かどうかを確かめられません。もう一度開いて、やり直してください。";
    end.hidden = false;
  } catch (error) {
    told.textContent = `記録できませんでした。${error.message}`;
  }
});

end.addEventListener("click", async () => {
  end.disabled = true;
  await say("terminated", {}).catch((error) => { told.textContent = `記録できませんでした。${error.message}`; });
  if (data.returnURL) location.href = data.returnURL;
});

begin().catch((error) => { told.textContent = `教材を始められませんでした。${error.message}`; });
