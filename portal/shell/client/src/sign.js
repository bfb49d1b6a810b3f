// A box to draw a signature in. What is drawn goes into the form as lines; the typed name is the signature.

const NEAR = 3; // points nearer to each other than this add nothing

export function draw(box) {
  const kept = box.querySelector("input"), width = Number(box.dataset.width), height = Number(box.dataset.height);
  const hint = document.createElement("p"), canvas = document.createElement("canvas"), clear = document.createElement("button");
  hint.className = "govuk-hint";
  hint.textContent = box.dataset.hint;
  Object.assign(canvas, { width, height });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.dataset.label);
  Object.assign(clear, { type: "button", className: "cw-linkbutton", textContent: box.dataset.clear });
  box.append(hint, canvas, clear);

  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round" });
  pen.strokeStyle = getComputedStyle(canvas).color;
  let strokes = kept.value.split("M").filter(Boolean).map((stroke) => stroke.split("L").map((point) => point.split(" ").map(Number)));
  const paint = () => {
    pen.clearRect(0, 0, width, height);
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], number) => (number ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
  };
  const written = () => strokes.map((stroke) => `M${stroke.map((point) => point.join(" ")).join("L")}`).join("");
  const keep = () => { kept.value = written(); kept.dispatchEvent(new Event("input", { bubbles: true })); };
  const place = (event) => {
    const { left, top, width: across, height: down } = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [within((event.clientX - left) / across * width, width), within((event.clientY - top) / down * height, height)];
  };

  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    strokes.push([place(event)]);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || written().length > Number(box.dataset.longest) - 20) return;
    const stroke = strokes.at(-1), [x, y] = place(event), [px, py] = stroke.at(-1);
    if (Math.hypot(x - px, y - py) < NEAR) return;
    stroke.push([x, y]);
    paint();
  });
  const stop = () => {
    if (!drawing) return;
    drawing = false;
    strokes = strokes.filter((stroke) => stroke.length > 1);
    keep();
  };
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);
  clear.addEventListener("click", () => { strokes = []; paint(); keep(); });
  paint();
}
