// Tries sound, picture and network before the day. Nothing is sent anywhere; without script the page says in words what to try.
//
//   <div data-check data-asset="/assets/…/portal.css"> with  data-try="sound|picture|net"  and  data-say="…"  inside

const SLOW_MS = 1_500;
const SAMPLES = 4;
const page = document.querySelector("[data-check]");

const say = (of, words) => {
  const line = page.querySelector(`[data-say="${of}"]`);
  line.textContent = words ?? line.dataset.words;
};

/** A chime of three notes, made here. */
async function sound() {
  const context = new AudioContext();
  await context.resume();
  const notes = [523.25, 659.25, 783.99];
  notes.forEach((pitch, n) => {
    const [tone, volume, at] = [context.createOscillator(), context.createGain(), context.currentTime + n * 0.45];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.3, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.42);
  });
  setTimeout(() => context.close(), 2_500);
  say("sound");
}

/** A ball that runs from left to right for five seconds. */
function picture() {
  const canvas = page.querySelector("[data-picture]");
  const pen = canvas.getContext("2d");
  const colour = getComputedStyle(canvas).color;
  canvas.hidden = false;
  const began = performance.now();
  const draw = (now) => {
    const seconds = (now - began) / 1000;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(30 + ((seconds * 240) % (canvas.width - 60)), 60 + Math.sin(seconds * 5) * 25, 20, 0, Math.PI * 2);
    pen.fill();
    if (seconds < 5) requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  say("picture");
}

/** How long a small file takes, a few times. */
async function net() {
  const line = page.querySelector('[data-say="net"]');
  try {
    const took = [];
    for (let n = 0; n < SAMPLES; n += 1) {
      const began = performance.now();
      const answer = await fetch(page.dataset.asset, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(10_000) });
      await answer.arrayBuffer();
      took.push(performance.now() - began);
    }
    took.sort((a, b) => a - b);
    const middle = Math.round(took[Math.floor(took.length / 2)]);
    say("net", (middle < SLOW_MS ? line.dataset.good : line.dataset.slow).replace("{ms}", String(middle)));
  } catch {
    say("net", line.dataset.none);
  }
}

/** What meetings in a browser need. */
function browser() {
  const line = page.querySelector('[data-say="browser"]');
  const video = document.createElement("video");
  const plays = video.canPlayType("video/mp4; codecs=avc1.42E01E") !== "" || video.canPlayType("video/webm; codecs=vp8") !== "";
  const meets = "RTCPeerConnection" in window && "WebSocket" in window;
  say("browser", plays && meets ? line.dataset.good : line.dataset.old);
}

const TRIES = { sound, picture, net };
for (const row of page?.querySelectorAll("[data-try]") ?? []) {
  row.hidden = false;
  row.querySelector("button").addEventListener("click", () => TRIES[row.dataset.try]());
}
if (page) browser();
