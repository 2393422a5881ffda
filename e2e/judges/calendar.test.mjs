// The calendar entry of an application, from applying to taking a cancellation back, as two programs that are not ours read it.

import assert from "node:assert/strict";

import ICAL from "ical.js";

import { after, before, test } from "../harness/limits.mjs";
import { Demo, START, Visitor, ask, askPython } from "./portal.mjs";

const HANAKO = {
  family: "見本",
  given: "花子",
  family_kana: "ミホン",
  given_kana: "ハナコ",
  email: "judge-hanako@example.jp",
  place: "見本内科クリニック",
};

let demo;
/** The mails of the journey, with their entries as both programs read them. */
let letters;

before(async () => {
  demo = await Demo.start("--fresh", "--now", START);
  const hanako = new Visitor(demo);
  // Each mail is waited for, so that each change has one of its own.
  const page = await hanako.apply("R8/executive/3", HANAKO);
  await demo.letters(HANAKO.email, 1);
  const move = await hanako.open(`${page.path}/move`);
  await hanako.submit(move, "/move", { session: move.choice("session", "第4回") });
  await demo.letters(HANAKO.email, 2);
  const cancelled = await hanako.submit(await hanako.open(`${page.path}/cancellation`), "/cancellation");
  await demo.letters(HANAKO.email, 3);
  await hanako.submit(cancelled, "/restoration");
  letters = await demo.letters(HANAKO.email, 4);
}, { timeout: 600_000 });

after(() => demo?.stop());

/** The same facts from either program. */
function readByIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const instant = (property) => component.getFirstPropertyValue(property).toJSDate().toISOString();
    const person = (property) => [property.getFirstValue(), property.getFirstParameter("cn")];
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
      starts: instant("dtstart"),
      ends: instant("dtend"),
      stamped: instant("dtstamp"),
      zone: component.getFirstProperty("dtstart").getFirstParameter("tzid"),
      summary: event.summary,
      description: event.description,
      organizer: component.getAllProperties("organizer").map(person),
      attendees: component.getAllProperties("attendee").map(person),
      alarms: component.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
    };
  });
  return {
    method: calendar.getFirstPropertyValue("method"),
    version: calendar.getFirstPropertyValue("version"),
    zones: zones.map((zone) => zone.tzid),
    events,
  };
}

/** What both programs read, which must not differ. */
async function read(text) {
  const [js, python] = [readByIcalJs(text), await askPython("read_calendar.py", text)];
  assert.deepEqual(python, js, "icalendar and ical.js read the same");
  return js;
}

test("applying, moving, cancelling and undoing update one entry", async () => {
  assert.equal(letters.length, 4, "one mail for each change");
  const calendars = await Promise.all(letters.map((letter) => read(letter.entry)));
  const events = calendars.map((calendar) => calendar.events[0]);
  assert.deepEqual(calendars.map((calendar) => calendar.events.length), [1, 1, 1, 1]);
  assert.deepEqual(calendars.map((calendar) => calendar.method), ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]);
  assert.deepEqual(events.map((event) => event.sequence), [0, 1, 2, 3]);
  assert.equal(new Set(events.map((event) => event.uid)).size, 1, "the same UID");
  assert.deepEqual(events.map((event) => event.status), ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]);
  assert.deepEqual(events.map((event) => event.alarms), [[-900], [-900], [], [-900]], "an alarm a quarter of an hour before");
});

test("the entry lies where the course page says, in Japan's time", async () => {
  const [third, fourth] = await Promise.all(letters.slice(0, 2).map(async (letter) => (await read(letter.entry)).events[0]));
  const programme = await (await ask(`${demo.url}/api/v1/programmes/R8`)).json();
  const { sessions } = programme.courses.find((course) => course.slug === "executive");
  for (const [event, number] of [[third, 3], [fourth, 4]]) {
    const session = sessions.find((one) => one.number === number);
    assert.deepEqual([event.starts, event.ends], [session.starts_at, session.ends_at].map((at) => new Date(at).toISOString()));
    assert.equal(event.zone, "Asia/Tokyo");
    assert.match(event.summary, new RegExp(`第${number}回`));
    assert.match(event.description, new RegExp(`R8-E${number}-\\d{4}`));
  }
  assert.deepEqual((await read(letters[0].entry)).zones, ["Asia/Tokyo"], "the zone comes along");
});

test("the entry names the office and one attendee, and carries no secret", async () => {
  for (const letter of letters) {
    const [event] = (await read(letter.entry)).events;
    assert.deepEqual(event.attendees, [[`mailto:${HANAKO.email}`, "見本 花子"]]);
    assert.equal(event.organizer.length, 1);
    assert.match(event.organizer[0][0], /^mailto:.+@/);
    const secret = letter.text.match(/\/a\/([\w-]{16,})/);
    assert.ok(secret, "the mail has the link of the application");
    assert.ok(!letter.entry.replaceAll("\r\n ", "").includes(secret[1]), "the entry, which colleagues see, has not");
  }
});

test("the lines of an entry are of the length and with the ends that the standard asks for", () => {
  for (const { entry } of letters) {
    assert.ok(entry.endsWith("END:VCALENDAR\r\n"));
    for (const line of entry.split("\r\n")) {
      assert.ok(Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line), line);
    }
  }
});

test("all parts of a series come in one file, and each is changed by an entry of its own", async () => {
  const sakio = { ...HANAKO, given: "﨑男", given_kana: "サキオ", email: "judge-sakio@example.jp" };
  const visitor = new Visitor(demo);
  const form = await visitor.open("/apply/R8/admin");
  const parts = form.forms().find(({ action }) => action.endsWith("/apply/R8/admin")).fields.filter(([name]) => name === "part");
  assert.ok(parts.length > 1);
  const confirmation = await visitor.submit(form, "/apply/R8/admin", { kind: "clinic", prefecture: "13", consent: "yes", ...sakio });
  const own = await visitor.submit(confirmation, "/apply/R8/admin/confirmation");
  const [whole] = await demo.letters(sakio.email, 1);
  const calendar = await read(whole.entry);
  assert.equal(calendar.method, "PUBLISH", "a REQUEST may name one UID only");
  assert.equal(calendar.events.length, parts.length);
  assert.equal(new Set(calendar.events.map((event) => event.uid)).size, parts.length);
  assert.ok(calendar.events.every((event) => event.sequence === 0 && event.attendees.length === 0));

  const cancellation = await visitor.open(`${own.path.split("?")[0]}/cancellation`);
  await visitor.submit(cancellation, "/series/cancellation");
  const cancelled = (await demo.letters(sakio.email, parts.length + 1)).slice(1);
  const each = await Promise.all(cancelled.map(({ entry }) => read(entry)));
  assert.deepEqual(each.map(({ method, events }) => [method, events.length, events[0].sequence]), parts.map(() => ["CANCEL", 1, 1]));
  assert.deepEqual(new Set(each.map(({ events }) => events[0].uid)), new Set(calendar.events.map((event) => event.uid)), "the same UIDs");
});

for (const path of ["calendar.ics", "calendar/intro.ics", "calendar/executive.ics", "calendar/admin.ics", "calendar/beginner.ics", "en/calendar.ics"]) {
  test(`/${path} can be subscribed to`, async () => {
    const answer = await ask(`${demo.url}/${path}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /^text\/calendar; charset=utf-8$/);
    const calendar = await read(await answer.text());
    assert.equal(calendar.method, "PUBLISH");
    assert.deepEqual(calendar.zones, ["Asia/Tokyo"]);
    const sessions = await dated(path.match(/calendar\/(\w+)/)?.[1]);
    assert.deepEqual(calendar.events.map((event) => event.starts).sort(), sessions.sort(), "every session with a time, and no other");
    assert.equal(new Set(calendar.events.map((event) => event.uid)).size, calendar.events.length);
    assert.ok(calendar.events.every((event) => event.attendees.length === 0), "nobody is named");
  });
}

/** When the sessions with a time begin, of one course or of all. */
async function dated(slug) {
  const { programmes } = await (await ask(`${demo.url}/api/v1/programmes`)).json();
  const wholes = await Promise.all(programmes.map(async ({ href }) => (await ask(href)).json()));
  const courses = wholes.flatMap((programme) => programme.courses).filter((course) => !slug || course.slug === slug);
  return courses
    .flatMap((course) => course.sessions)
    .filter((session) => session.starts_at)
    .map((session) => new Date(session.starts_at).toISOString());
}
