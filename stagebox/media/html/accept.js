for (const form of document.querySelectorAll("form.accept")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("output");
    const body = {code: form.dataset.code, at_s: Number(form.dataset.at)};
    for (const field of form.querySelectorAll("input")) body[field.name] = field.value;
    told.textContent = "…";
    try {
      const options = {method: form.dataset.method, body: JSON.stringify(body),
                       headers: {"Content-Type": "application/json"}};
      const answer = await fetch("accepted", options);
      if (answer.ok) return location.reload();
      const problem = await answer.json();
      told.textContent = typeof problem.detail === "string"
        ? problem.detail + " " + (problem.remedy || "") : "This was not understood.";
    } catch {
      told.textContent = "stagebox does not answer. Nothing was changed.";
    }
  });
}
