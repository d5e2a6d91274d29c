// Calls the admin API.

const API = "/_emulator/";

export async function ask(path, body) {
  const how = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(API + path, how);
  const text = await reply.text();
  const result = text ? JSON.parse(text) : {};
  if (!reply.ok) throw new Error(result.error ?? `the emulator returned status ${reply.status}`);
  return result;
}

// Returns a path with a query of these conditions.
export const query = (path, conditions) => `${path}?${new URLSearchParams(conditions)}`;
