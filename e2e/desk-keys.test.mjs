// The keys of the desk in the browsers of two people: a responder whose own key comes out of a passkey, the lead who makes the
// group's key anew for her, a case that she then opens by a touch, and the key behind glass.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { deviceOf } from "./harness/device.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const PICTURES = path.join(import.meta.dirname, "pictures/desk-keys");
/** Of the demo's duty group; it stands beside what to try. */
const PASSPHRASE = "みほんの窓口の合言葉です";

let demo, browser, responder, device, lead, number;
let step = 0;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    const context = await visitor(browser, demo, { width: 390 });
    responder = await context.newPage();
    device = await deviceOf(context, responder, { prf: true });
    lead = await (await visitor(browser, demo, { width: 1280 })).newPage();
    await mkdir(PICTURES, { recursive: true });
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

async function picture(name, page) {
    step += 1;
    await page.screenshot({ path: path.join(PICTURES, `${String(step).padStart(2, "0")}-${name}.png`), fullPage: true });
    assert.deepEqual([...(await findings(page)), ...(await overflow(page))], [], name);
}

/** Presses with a finger on the device, and waits for what follows. */
async function touching(button, arrived) {
    await device.touch(true);
    await button.click();
    await arrived();
    await device.touch(false);
}

test("a responder's own key comes out of her passkey", async () => {
    await signIn(responder, "responder");
    await responder.goto("/my/security");
    await responder.locator("#name").fill("見本の端末");
    const add = responder.getByRole("button", { name: "パスキーを追加する" });
    await touching(add, () => responder.getByRole("heading", { name: "見本の端末" }).waitFor());
    await responder.goto("/desk/keys/mine");
    await picture("mine", responder);
    const make = responder.getByRole("button", { name: "パスキーで鍵を作る" });
    await touching(make, () => responder.getByText("自分の鍵を保存しました").waitFor());
    await picture("made", responder);
});

test("until the group's key is made anew, her new key opens nothing", async () => {
    await responder.goto("/desk");
    number = await responder.locator('a[href*="/desk/cases/"]').first().innerText();
    await responder.goto(`/desk/cases/${number}/talk`);
    assert.equal(await responder.getByText("プリンターから英語の紙").count(), 0);
});

test("the lead makes the group's key anew, and every case is wrapped for it", async () => {
    await signIn(lead, "desk_lead");
    await lead.goto("/desk/keys");
    await picture("needs", lead);
    await lead.goto("/desk/keys/epoch");
    await lead.locator("#desk-passphrase").fill(PASSPHRASE);
    await lead.getByRole("button", { name: "開ける" }).click();
    await lead.getByText("封を開けました").waitFor();
    await picture("epoch", lead);
    await lead.locator("[data-begin]").click();
    await lead.getByText("グループの鍵を替え、事案の鍵を掛け替えました").waitFor();
    await picture("renewed", lead);
});

test("with a touch she reads what the institution wrote", async () => {
    await responder.goto(`/desk/cases/${number}/talk`);
    // What the tab still knows is forgotten first.
    await responder.getByRole("button", { name: "封を閉じる" }).click();
    const open = responder.getByRole("button", { name: "パスキーで開ける" });
    await touching(open, () => responder.getByText("プリンターから英語の紙").waitFor());
    await picture("opened", responder);
});

test("she sees on her own device that the keys made anew open, and the former goes", async () => {
    await responder.goto("/desk");
    await responder.getByText("あなたの端末でも確かめてください").waitFor();
    await responder.goto("/desk/keys");
    await picture("to-check", responder);
    await responder.locator("[data-proof-form] button").click();
    await responder.getByText("新しい鍵で事案が開くことを確かめました").waitFor();
    assert.equal(await responder.locator("[data-proof-form]").count(), 0);
    await picture("checked", responder);
});

test("the key behind glass stands on three sheets, of which two open a case", async () => {
    await lead.goto("/desk/keys/glass");
    await picture("glass", lead);
    await lead.getByRole("button", { name: "作って、3枚を表示する" }).click();
    await lead.locator("[data-share]").first().waitFor();
    const sheets = await lead.locator("[data-share]").evaluateAll((shares) =>
        shares.map((share) => [...share.querySelectorAll("[data-words] li")].map((word) => word.textContent)),
    );
    assert.equal(sheets.length, 3);
    assert.ok(sheets.every((words) => words.length > 8 && words.every((word) => word !== "")), JSON.stringify(sheets));
    await picture("shares", lead);
    await lead.getByRole("link", { name: "印刷し、確かめました" }).click();
    await lead.getByText("非常用の鍵を作りました").waitFor();
    // Cases that were there before are wrapped for it as well; the tab has the lead's key open.
    await lead.goto("/desk/keys/epoch");
    await lead.locator("[data-rewrap]").click();
    await lead.getByText("グループの鍵を替え、事案の鍵を掛け替えました").waitFor();

    await lead.goto("/desk/keys/emergency");
    await lead.locator("#number").fill(number);
    await lead.locator("#reason").fill("当番の全員が、鍵を開けられなくなったため");
    await lead.getByRole("button", { name: "理由を記録し、紙の言葉を入れる" }).click();
    await lead.locator("#share-1").fill(sheets[2].join(" "));
    await lead.locator("#share-2").fill(sheets[2].join(" "));
    await lead.getByRole("button", { name: "事案を開く" }).click();
    await lead.getByText("2つとも同じ紙です").waitFor();
    await picture("same-sheet", lead);
    await lead.locator("#share-2").fill(sheets[0].join("\n"));
    await lead.getByRole("button", { name: "事案を開く" }).click();
    await lead.getByText("事案を、今の当番グループの鍵で開くようにしました").waitFor();
    await lead.goto(`/desk/cases/${number}`);
    const overview = lead.url();
    await lead.getByRole("link", { name: "経過", exact: true }).click();
    await lead.waitForURL((url) => url.href !== overview);
    assert.match(await lead.locator("main").innerText(), /非常用の鍵/, "the case says that the glass was broken");
    await picture("recorded", lead);
});
