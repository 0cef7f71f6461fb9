import "../studio/fold.js";

// Enter sends the sentence, Shift and Enter makes a new line: it is one sentence most of the time.
const prompt = document.querySelector("#prompt");
prompt?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  prompt.form.requestSubmit();
});
