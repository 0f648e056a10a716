// A program that we did not write follows a proof from an entry to the log's signed fingerprint. One JSON object comes
// out: for each case "accepted", or the reason for refusing.
import {createPublicKey} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {verifyCheckpoint} from '@sigstore/verify/dist/tlog/checkpoint.js';
import {verifyMerkleInclusion} from '@sigstore/verify/dist/tlog/merkle.js';

const {key, keyId, origin, cases} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tlogs = [{
  logID: Buffer.from(keyId, 'base64'), baseURL: `https://${origin}`,
  publicKey: createPublicKey({key: Buffer.from(key, 'base64'), format: 'der', type: 'spki'}),
}];
const told = {};
for(const [name, {entry, index, hashes, note}] of Object.entries(cases)) {
  try {
    const inclusionProof = {
      logIndex: String(index), hashes: hashes.map(each => Buffer.from(each, 'base64')), checkpoint: {envelope: note},
    };
    const checkpoint = verifyCheckpoint({inclusionProof}, tlogs);
    verifyMerkleInclusion({canonicalizedBody: Buffer.from(entry, 'base64'), inclusionProof}, checkpoint);
    told[name] = 'accepted';
  } catch(trouble) {
    told[name] = `refused: ${trouble.message}`;
  }
}
console.log(JSON.stringify(told));
