// Runs the code of a tag template with doubles of the functions that a server container gives it:
// node container.mjs <template> <the tag's fields, JSON> <event, JSON> <cookies, JSON>
import { readFileSync } from 'node:fs';

const [template, fields, event, cookies] = process.argv.slice(2);
const given = JSON.parse(event);
const kept = JSON.parse(cookies);
const functions = {
  encodeUriComponent: encodeURIComponent,
  getCookieValues: (name) => (name in kept ? [kept[name]] : []),
  getEventData: (key) => given[key],
  logToConsole: (...words) => console.log('log', ...words),
  makeString: String,
  parseUrl: (text) => {
    if (!URL.canParse(text)) return undefined;
    return { searchParams: Object.fromEntries(new URL(text).searchParams) };
  },
  sendHttpRequest: async (url, options, body) => {
    const { timeout, ...rest } = options;
    const answer = await fetch(url, { ...rest, body, signal: AbortSignal.timeout(timeout) });
    return { statusCode: answer.status, headers: {}, body: await answer.text() };
  },
  setCookie: (name, value, options) => console.log('cookie', name, value, JSON.stringify(options)),
};
const require = (name) => {
  if (!(name in functions)) throw new Error(`a container has no ${name}`);
  return functions[name];
};
const data = {
  ...JSON.parse(fields),
  gtmOnSuccess: () => console.log('success'),
  gtmOnFailure: () => console.log('failure'),
};
new Function('require', 'data', readFileSync(template, 'utf8'))(require, data);
