// Without this, the contact part says the hours of the next day on which the clinic is open.
const line = document.querySelector("[data-hours]");
let sum = 0;
const turns = line.dataset.hours.split(" ").map((minutes) => (sum += minutes * 6e4));
const say = (moment, options) =>
new Date(moment).toLocaleString("en-US", { timeZone: line.dataset.zone, ...options });
const date = (moment) => say(moment, { weekday: "long", month: "long", day: "numeric" });

const tell = () => {
  const now = Date.now();
  const next = turns.findIndex((turn) => turn > now);
  // A page that lay in a cache longer than it can tell says nothing, rather than the hours of a day that is over.
  line.hidden = next < 0;
  if (line.hidden) return;
  const time = say(turns[next], { hour: "numeric", minute: "2-digit" }).replace(":00", "");
  // Within six days a weekday names one day only.
  const soon = turns[next] - now < 6 * 864e5;
  const day = soon ? say(turns[next], { weekday: "long" }) : `${date(turns[next])},`;
  const when = date(turns[next]) === date(now) ? "" : ` ${day}`;
  line.textContent = next % 2 ? `Open until ${time}` : `Opens${when} at ${time}`;
};
tell();
setInterval(tell, 6e4);
