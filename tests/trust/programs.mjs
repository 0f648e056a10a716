// Programs that we did not write look at what `material.py` wrote. One JSON object comes out: for each program and each
// case, "accepted" or the reason for refusing. Nothing is fetched: every address is answered from the folder.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {importJWK, jwtVerify} from 'jose';

const folder = process.argv[2];
const text = name => readFileSync(join(folder, name), 'utf8');
const json = name => JSON.parse(text(name));
const shared = json('cases.json');

const controller = {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id: shared.did,
  assertionMethod: [shared.method],
};
const method = {
  '@context': 'https://w3id.org/security/multikey/v1', id: shared.method, type: 'Multikey', controller: shared.did,
  publicKeyMultibase: shared.multibase,
};

function loader(list) {
  return async url => {
    const known = {...shared.contexts, [shared.did]: controller, [shared.method]: method, [shared.list]: list};
    const document = known[url];
    if(!document) { throw new Error(`${url} is not in the folder`); }
    return {contextUrl: null, documentUrl: url, document, tag: 'static'};
  };
}

// The next program fetches for itself, so the network is the folder. The schema of Open Badges is not in it: that check
// comes out as not made, and is not counted.
globalThis.fetch = async asked => {
  const url = String(asked.url ?? asked);
  if(url !== shared.list) { throw new Error(`${url} is not in the folder`); }
  return new Response(text('list.json'), {headers: {'content-type': 'application/json'}});
};
console.error = () => {};
const log = console.log;
console.log = () => {};
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

async function digitalCredentials(name) {
  const result = await verifyCredential({credential: json(`${name}.json`), knownDIDRegistries: []});
  const failed = (result.log ?? []).filter(each => !each.valid && each.id !== 'registered_issuer').map(each => each.id);
  const steps = ['valid_signature', 'revocation_status', 'expiration'];
  const made = (result.log ?? []).map(each => each.id);
  if(result.errors) { return `refused: ${result.errors.map(each => each.name).join('; ')}`; }
  return failed.length || !steps.every(each => made.includes(each)) ? `refused: ${failed.join('; ')}` : 'accepted';
}

const suite = () => new DataIntegrityProof({cryptosuite});

async function digitalBazaar(name, list = 'list') {
  const documentLoader = loader(json(`${list}.json`));
  const result = await vc.verifyCredential({
    credential: json(`${name}.json`), suite: suite(), documentLoader,
    checkStatus: options => checkStatus({...options, suite: suite(), verifyBitstringStatusListCredential: true}),
  });
  if(!result.verified) {
    const error = result.statusResult?.error ?? result.error;
    return `refused: ${error?.errors?.map(each => each.message).join('; ') || error?.message || 'not verified'}`;
  }
  // "verified" says that the list could be read. The bit itself stands here, and a caller who forgets it accepts what ended.
  return result.statusResult.results.some(each => each.status) ? 'refused: its bit is set' : 'accepted';
}

async function jose(name) {
  const key = await importJWK(shared.jwk, 'EdDSA');
  const {payload} = await jwtVerify(text(`${name}.jwt`), key, {typ: 'vc+jwt', algorithms: ['EdDSA']});
  return payload.credentialSubject.licenseNumber ? 'accepted' : 'refused: it says nothing';
}

const told = {};
async function look(program, name, check) {
  let answer;
  try { answer = await check(); } catch(no) { answer = `refused: ${no.message}`; }
  (told[program] ??= {})[name] = answer;
}

for(const name of ['good', 'ended', 'expired', 'changed-name', 'changed-date', 'changed-status', 'other-key', 'undefined-term']) {
  await look('@digitalbazaar/vc', name, () => digitalBazaar(name));
  await look('@digitalcredentials/verifier-core', name, () => digitalCredentials(name));
}
for(const list of ['list-forged', 'list-by-another', 'list-stale']) {
  await look('@digitalbazaar/vc', `ended, ${list}`, () => digitalBazaar('ended', list));
}
for(const name of ['good', 'changed', 'other-key', 'alg-none']) {
  await look('jose', name, () => jose(name));
}
log(JSON.stringify(told, null, 1));
