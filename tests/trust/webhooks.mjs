// The library of Standard Webhooks checks messages that we signed. One JSON object comes out: for each case "accepted",
// or the reason for refusing.
import {readFileSync} from 'node:fs';
import {Webhook} from 'standardwebhooks';

const {secret, cases} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const told = {};
for(const [name, {headers, body}] of Object.entries(cases)) {
  try {
    new Webhook(secret).verify(body, headers);
    told[name] = 'accepted';
  } catch(trouble) {
    told[name] = `refused: ${trouble.message}`;
  }
}
console.log(JSON.stringify(told));
