
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const sheet = by("sheet");
  const order = by("order");
  const text = by("text");
  const said = by("said");
  const mail = by("mail");
  const confirmed = by("confirmed");
  const restore = by("restore");
  // Mail programs cut longer addresses off, or refuse them.
  const LONGEST_LINK = 1800;

  for (const element of all(".scripted")) element.hidden = false;

  const rows = () => (order ? all("li[data-letter]", order) : []);
  const letters = () => rows().map((row) => row.dataset.letter);
  const before = letters();
  const moved = () => letters().join() !== before.join();

  // One line for each answer: a line break would begin the next one.
  const flat = (value) => value.replace(/\s+/g, " ").trim();

  const answer = (question) => {
    const field = question.querySelector(".answer");
    const typed = field ? flat(field.value) : "";
    const radios = all("input[type=radio]", question);
    if (radios.length === 0) return typed;
    const chosen = radios.find((radio) => radio.checked);
    if (!chosen || chosen.value === "none") return "";
    return chosen.value === "other" ? typed : chosen.value;
  };

  const verdict = () => {
    const chosen = all("#verdict input[type=radio]").find((radio) => radio.checked);
    return chosen ? chosen.value : "none";
  };

  const reply = () => {
    const lines = [];
    for (const question of all(".question")) {
      const given = answer(question);
      if (given) lines.push(question.dataset.number + ". " + given);
    }
    if (order && (moved() || (confirmed && confirmed.checked))) {
      lines.push("Order: " + letters().join(", "));
    }
    if (verdict() === "yes") lines.push("OK " + sheet.dataset.code);
    if (verdict() === "no") lines.push("Not yet: " + (flat(by("reason").value) || "(no reason given)"));
    const more = flat(by("remarks").value);
    if (more) lines.push("Also: " + more);
    return lines.join("\n");
  };

  const link = (body) => {
    const to = encodeURIComponent(sheet.dataset.to).replace(/%40/g, "@");
    const subject = "?subject=" + encodeURIComponent("Re: " + sheet.dataset.subject);
    const whole = "mailto:" + to + subject + "&body=" + encodeURIComponent(body.replace(/\n/g, "\r\n") + "\r\n");
    return whole.length <= LONGEST_LINK ? whole : "mailto:" + to + subject;
  };

  const update = () => {
    const body = reply();
    text.value = body;
    text.rows = Math.min(12, Math.max(4, body.split("\n").length + 1));
    mail.href = link(body);
    by("copy").setAttribute("aria-disabled", String(body === ""));
    if (restore) restore.hidden = !moved();
    const list = rows();
    list.forEach((row, at) => {
      for (const button of all("button[data-move]", row)) {
        const end = button.dataset.move === "-1" ? at === 0 : at === list.length - 1;
        button.setAttribute("aria-disabled", String(end));
      }
    });
  };

  const tell = (words) => { said.textContent = words; };

  const place = (row) => {
    const list = rows();
    return row.dataset.letter + " is now " + (list.indexOf(row) + 1) + " of " + list.length;
  };

  // The neighbours are moved, not the row itself, which keeps the focus.
  const move = (row, to) => {
    const list = rows();
    const from = list.indexOf(row);
    to = Math.max(0, Math.min(list.length - 1, to));
    if (to === from) return false;
    if (to < from) {
      for (const other of list.slice(to, from).reverse()) row.after(other);
    } else {
      for (const other of list.slice(from + 1, to + 1)) row.before(other);
    }
    return true;
  };

  const nudge = (row, far) => {
    if (move(row, rows().indexOf(row) + far)) {
      update();
      tell(place(row));
    }
  };

  if (order) {
    order.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-move]");
      if (button) nudge(button.closest("li"), Number(button.dataset.move));
    });
    order.addEventListener("keydown", (event) => {
      const button = event.target.closest("button[data-move]");
      const far = { ArrowUp: -1, ArrowDown: 1, Home: -1000, End: 1000 }[event.key];
      if (!button || !far || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      nudge(button.closest("li"), far);
    });
    let held = null;
    order.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest(".grip");
      if (!grip || event.button !== 0) return;
      event.preventDefault();
      held = { row: grip.closest("li"), pointer: event.pointerId };
      held.row.classList.add("moving");
      grip.setPointerCapture(event.pointerId);
    });
    order.addEventListener("pointermove", (event) => {
      if (!held || event.pointerId !== held.pointer) return;
      const others = rows().filter((row) => row !== held.row);
      const above = others.filter((row) => {
        const box = row.getBoundingClientRect();
        return box.top + box.height / 2 < event.clientY;
      });
      if (move(held.row, above.length)) update();
    });
    const drop = (event) => {
      if (!held || event.pointerId !== held.pointer) return;
      held.row.classList.remove("moving");
      tell(place(held.row));
      held = null;
      update();
    };
    order.addEventListener("pointerup", drop);
    order.addEventListener("pointercancel", drop);
  }
  if (restore) {
    restore.addEventListener("click", () => {
      const named = (letter) => rows().find((row) => row.dataset.letter === letter);
      before.forEach((letter, at) => move(named(letter), at));
      update();
      tell("The order is as it was");
      confirmed.focus();
    });
  }

  // Whoever writes something means it.
  const choose = (within, value) => {
    const radio = all("input[type=radio]", within).find((one) => one.value === value);
    if (radio) radio.checked = true;
  };
  sheet.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches(".question .answer") && field.value) choose(field.closest(".question"), "other");
    if (field === by("reason") && field.value) choose(by("verdict"), "no");
    said.textContent = "";
    update();
  });
  sheet.addEventListener("change", update);
  sheet.addEventListener("submit", (event) => event.preventDefault());

  by("copy").addEventListener("click", async () => {
    if (text.value === "") return tell("There is nothing to copy yet");
    const done = () => tell("Copied. Paste it into a mail or a chat");
    const old = () => {
      text.focus();
      text.select();
      if (document.execCommand("copy")) done();
      else tell("Please copy it from the field above");
    };
    try {
      await navigator.clipboard.writeText(text.value);
      done();
    } catch {
      old();
    }
  });

  sheet.reset();
  update();
})();
