import { Prisma } from '@fairhold/db/client'

/** Which rows `t` of a table are an account's. */
type Whose = (accountId: string) => Prisma.Sql

/**
 * What happens to an account's rows when it is deleted:
 * - `rows`: they are deleted
 * - `deal`: they are deleted once their deal is over, at once if it is; until then the other side needs them
 * - `other`: neither; `why` says what, and erase-account.ts does it
 * - `stays`: nothing; `why` says why
 */
type OnDeletion = 'rows' | 'deal' | 'other' | 'stays'

/** A table of schema app as far as it is about people. */
export interface Holding {
  table: string
  whose: Whose
  /** Where its rows stand in an export, and what they are, in plain words. */
  file: string
  about: string
  /** An SQL expression that names a row, for reading them in pages. */
  key: string
  /** Columns that are not exported: proofs of secrets, which are of use to a thief alone. */
  without?: readonly string[]
  onDeletion: OnDeletion
  why: string
}

const byAccount =
  (column: string): Whose =>
  (id) =>
    Prisma.sql`t.${Prisma.raw(column)}::text = ${id}`
const wallets = (id: string) => Prisma.sql`SELECT address FROM app.wallet WHERE account_id = ${id}::uuid`
const byWallet =
  (column: string): Whose =>
  (id) =>
    Prisma.sql`t.${Prisma.raw(column)} IN (${wallets(id)})`
/** Deals that the account buys or sells in, on any chain. */
export const dealsOf = (id: string) => Prisma.sql`
  SELECT d.id FROM app.wallet w JOIN chain.deal d ON d.chain = w.chain AND d.buyer = w.address WHERE w.account_id = ${id}::uuid
  UNION SELECT d.id FROM app.wallet w JOIN chain.deal d ON d.chain = w.chain AND d.seller = w.address WHERE w.account_id = ${id}::uuid`
const byDeal: Whose = (id) => Prisma.sql`t.deal_id IN (${dealsOf(id)})`

/**
 * Everything in schema app that is about people, in the order in which it is deleted. A test compares it with the tables that
 * there are: who adds a table has to say here what becomes of it, or that it is about nobody (`aboutNobody`).
 */
export const holdings: readonly Holding[] = [
  {
    ...{ table: 'session', whose: byAccount('account_id'), file: 'sessions.json', key: 't.id::text', without: ['token_hash'] },
    about: 'Where and when you signed in, and with which browser.',
    ...{ onDeletion: 'rows', why: 'You are signed out everywhere.' },
  },
  {
    ...{ table: 'known_device', whose: byAccount('account_id'), file: 'browsers.json', key: 't.device_hash' },
    without: ['device_hash'],
    about: 'When you last signed in with browsers that we know again.',
    ...{ onDeletion: 'rows', why: 'They are strangers then.' },
  },
  {
    ...{ table: 'login_nonce', whose: byAccount('account_id'), file: 'proofs.json', key: 't.nonce_hash' },
    without: ['nonce_hash', 'browser_hash'],
    about: 'When you were asked to prove again that it is you.',
    ...{ onDeletion: 'rows', why: 'They are of no more use.' },
  },
  {
    ...{ table: 'idempotency', whose: byAccount('account'), file: 'requests.json', key: "t.key || ' ' || t.route" },
    without: ['request_sealed', 'body_sealed'],
    about: 'Writes of the last two days, kept so that one that is sent twice is carried out once.',
    ...{ onDeletion: 'rows', why: 'They are of no more use.' },
  },
  {
    ...{ table: 'role', whose: byAccount('account_id'), file: 'roles.json', key: 't.role' },
    about: 'What you help the market with.',
    ...{ onDeletion: 'rows', why: 'An account with a role is not deleted before the role is taken from it.' },
  },
  {
    ...{ table: 'shipping', whose: byDeal, file: 'shipping.json', key: 't.deal_id' },
    about: 'Where parcels of your deals went and how they travelled, in the clear. We keep it encrypted.',
    ...{ onDeletion: 'deal', why: 'The seller needs the address, and both the tracking number, until the deal is over.' },
  },
  {
    ...{ table: 'settlement', whose: byDeal, file: 'splits.json', key: 't.id::text' },
    about: 'Splits of the money that were proposed in your deals, with signatures.',
    ...{ onDeletion: 'deal', why: 'The other side may still sign the split that you proposed.' },
  },
  {
    ...{ table: 'bid', key: 't.id', file: 'bids.json' },
    whose: (id) => Prisma.sql`(t.seller IN (${wallets(id)}) OR t.buyer IN (${wallets(id)}))`,
    about: 'Offers that you made and got on listings, with signatures.',
    ...{
      onDeletion: 'rows',
      why: 'An offer that nobody took is no use without you; what was taken is a deal, and stands on the chain.',
    },
  },
  {
    ...{ table: 'relay', whose: byAccount('account_id'), file: 'relayed.json', key: 't.id::text' },
    about: 'What you signed for the relayer to send, and what became of it.',
    ...{ onDeletion: 'rows', why: 'What was sent stands on the chain.' },
  },
  {
    ...{ table: 'statement', whose: byWallet('author'), file: 'statements.json', key: 't.id::text' },
    about: 'What you wrote in disputes.',
    ...{ onDeletion: 'deal', why: 'The arbiter has to read both sides.' },
  },
  {
    ...{ table: 'ruling', whose: byWallet('arbiter'), file: 'rulings.json', key: 't.deal_id' },
    about: 'What you ruled as an arbiter, and why.',
    ...{ onDeletion: 'stays', why: 'It is the reason that two people were given for what became of their money.' },
  },
  {
    ...{ table: 'review', whose: byWallet('author'), file: 'reviews.json', key: "t.deal_id || ' ' || t.author" },
    about: 'Reviews that you wrote, published or still sealed.',
    ...{
      onDeletion: 'other',
      why: 'The words are erased. Your score, which you signed for the chain, is still published there.',
    },
  },
  {
    ...{ table: 'listing_unit', file: 'listed-units.json', key: 't.deal_id' },
    whose: (id) => Prisma.sql`t.listing_id IN (SELECT id FROM app.listing WHERE seller IN (${wallets(id)}))`,
    about: 'Which deal belongs to which of your listings.',
    ...{ onDeletion: 'other', why: 'They go with their listing.' },
  },
  {
    ...{ table: 'listing_offer', file: 'listed-offers.json', key: "t.listing_id || ' ' || t.choice" },
    whose: (id) => Prisma.sql`t.listing_id IN (SELECT id FROM app.listing WHERE seller IN (${wallets(id)}))`,
    about: 'The offers that you signed, one for each way that a listing of yours can be had.',
    ...{ onDeletion: 'other', why: 'They go with their listing.' },
  },
  {
    ...{ table: 'draft', whose: byAccount('account_id'), file: 'drafts.json', key: 't.id::text' },
    about: 'Listings that you have begun to write.',
    ...{ onDeletion: 'rows', why: 'Nobody else has seen them.' },
  },
  {
    ...{ table: 'listing', whose: byWallet('seller'), file: 'listings.json', key: 't.id', without: ['number'] },
    about: 'What you put up for sale, with the offers that you signed.',
    ...{ onDeletion: 'other', why: 'What somebody is just buying stays, off the market, until that deal is over.' },
  },
  {
    ...{ table: 'media', whose: byWallet('owner'), file: 'photos.json', key: 't.sha256' },
    about: 'Your photos; the pictures themselves are in the folder photos.',
    ...{ onDeletion: 'other', why: 'Photos of a listing go with it. One that another seller shows too stays for them.' },
  },
  {
    ...{ table: 'pending_erasure', whose: byWallet('address'), file: 'erasures.json', key: 't.deal_id' },
    about: 'Deals of an account that you had before, whose data is erased when they are over.',
    ...{ onDeletion: 'stays', why: 'It is the note of what is still to be erased, and goes with it.' },
  },
  {
    ...{ table: 'audit_entry', file: 'audit.json', key: 't.id::text', without: ['key', 'signature'] },
    whose: (id) => Prisma.sql`t.actor = ${id} OR t.subject = ${id} OR t.subject IN (${wallets(id)})`,
    about: 'What was done with your account, and by whom: sign-ins, changes of wallets, roles and factors.',
    onDeletion: 'stays',
    why: 'The log can only be added to, so that nobody can hide a misdeed. It has ids and wallets, but no names or addresses.',
  },
  {
    ...{ table: 'passkey', whose: byAccount('account_id'), file: 'passkeys.json', key: 't.id' },
    about: 'Passkeys that you use as a second factor: their public half, and when they were used.',
    ...{ onDeletion: 'rows', why: 'Your device may still list the passkey; it opens nothing any more.' },
  },
  {
    ...{ table: 'passkey_challenge', whose: byAccount('account_id'), file: 'passkey-proofs.json', key: 't.challenge_hash' },
    without: ['challenge_hash'],
    about: 'When a passkey was asked for.',
    ...{ onDeletion: 'rows', why: 'They are of no more use.' },
  },
  {
    ...{ table: 'totp', whose: byAccount('account_id'), file: 'authenticator-app.json', key: 't.account_id::text' },
    without: ['secret_sealed'],
    about: 'Since when an authenticator app guards your account, and when it was last used.',
    ...{ onDeletion: 'rows', why: 'Remove the entry in your app too.' },
  },
  {
    ...{ table: 'recovery_code', whose: byAccount('account_id'), file: 'recovery-codes.json', key: 't.code_hash' },
    without: ['code_hash'],
    about: 'When recovery codes were made and used; not the codes.',
    ...{ onDeletion: 'rows', why: 'They open nothing any more.' },
  },
  {
    ...{ table: 'factor_try', whose: byAccount('account_id'), file: 'code-tries.json', key: 't.scope' },
    about: 'How often wrong codes were tried for your account.',
    ...{ onDeletion: 'rows', why: 'They are of no more use.' },
  },
  {
    ...{ table: 'api_key', whose: byAccount('account_id'), file: 'api-keys.json', key: 't.id', without: ['secret_hash'] },
    about: 'API keys that you made, with what they may do and when they were used.',
    ...{ onDeletion: 'rows', why: 'They are void at once.' },
  },
  {
    ...{ table: 'agent_key', whose: byAccount('account_id'), file: 'agent-keys.json', key: 't.did' },
    about: 'Keys of programs that may act for you.',
    ...{ onDeletion: 'rows', why: 'They are void at once.' },
  },
  {
    ...{
      table: 'oauth_item',
      file: 'apps.json',
      key: "t.kind || ' ' || t.id_hash",
      without: ['id_hash', 'uid_hash', 'grant_id'],
    },
    whose: (id) => Prisma.sql`t.subject = (SELECT subject FROM app.account WHERE id = ${id}::uuid)`,
    about: 'What you allowed to apps of others, and the tokens they have for it (not the tokens themselves).',
    ...{ onDeletion: 'rows', why: 'They are void at once. What an app has read, it has: ask those who run it.' },
  },
  {
    ...{ table: 'oauth_client', whose: byAccount('account_id'), file: 'my-apps.json', key: 't.id', without: ['secret_hash'] },
    about: 'Apps that you registered.',
    ...{ onDeletion: 'rows', why: 'With all that people allowed them: nobody would answer for them.' },
  },
  {
    ...{ table: 'credential', whose: byAccount('account_id'), file: 'credentials.json', key: 't.id::text' },
    about: 'Credentials that this market issued to you.',
    onDeletion: 'other',
    why: 'They are revoked and erased, but for their number in the public list of revoked ones: without it they would count again.',
  },
  {
    ...{ table: 'imported_credential', whose: byAccount('account_id'), file: 'credentials-of-others.json', key: 't.id::text' },
    about: 'Credentials of others that you brought along.',
    ...{ onDeletion: 'rows', why: 'They stay good where they were issued.' },
  },
  {
    ...{ table: 'encryption_key', whose: byAccount('account_id'), file: 'encryption-keys.json' },
    key: "t.chain || ' ' || t.address || ' ' || t.sequence",
    about: 'Public keys that others encrypt to you with, each signed by your wallet.',
    ...{ onDeletion: 'rows', why: 'Nobody encrypts to you any more.' },
  },
  {
    ...{ table: 'key_bundle', whose: byAccount('account_id'), file: 'key-bundles.json', key: "t.chain || ' ' || t.address" },
    about: 'The private halves of those keys, encrypted before they came here: only your wallet opens them.',
    ...{ onDeletion: 'rows', why: 'Take an export first if you want to read old messages later.' },
  },
  {
    ...{ table: 'alert', whose: byAccount('account_id'), file: 'alerts.json', key: 't.id::text' },
    about: 'What you were told of: listings that your saved searches found, and prices that fell.',
    ...{ onDeletion: 'rows', why: 'Nobody is told any more.' },
  },
  {
    ...{ table: 'search_match', file: 'search-matches.json', key: "t.search_id::text || ' ' || t.origin" },
    whose: (id) => Prisma.sql`t.search_id IN (SELECT id FROM app.saved_search WHERE account_id = ${id}::uuid)`,
    about: 'What your saved searches have found.',
    ...{ onDeletion: 'rows', why: 'They go with the searches.' },
  },
  {
    ...{ table: 'saved_search', whose: byAccount('account_id'), file: 'saved-searches.json', key: 't.id::text' },
    about: 'Searches that you saved.',
    ...{ onDeletion: 'rows', why: 'Nobody is told any more.' },
  },
  {
    ...{ table: 'cart_line', whose: byAccount('account_id'), file: 'cart.json', key: "t.listing_id || ' ' || t.choice" },
    about: 'What you have in the cart.',
    ...{ onDeletion: 'rows', why: 'It was for you alone.' },
  },
  {
    ...{ table: 'saved_listing', whose: byAccount('account_id'), file: 'saved-listings.json', key: 't.listing_id' },
    about: 'Listings that you saved, and what they cost then.',
    ...{ onDeletion: 'rows', why: 'They were for you alone.' },
  },
  {
    ...{ table: 'listing_view', whose: byAccount('account_id'), file: 'looked-at.json', key: 't.listing_id' },
    about: 'What you looked at, since you wanted recommendations. Without that nothing is kept.',
    ...{ onDeletion: 'rows', why: 'They were for your recommendations alone.' },
  },
  {
    ...{
      table: 'personal',
      whose: byAccount('account_id'),
      file: 'personal.json',
      key: 't.account_id::text',
      without: ['inbox'],
    },
    about: 'Whether you want recommendations, and since when.',
    ...{ onDeletion: 'rows', why: 'There is nobody left to recommend anything to.' },
  },
  {
    ...{ table: 'wallet', whose: byAccount('account_id'), file: 'wallets.json', key: "t.chain || ' ' || t.address" },
    about: 'The wallets that open your account.',
    ...{ onDeletion: 'rows', why: 'Whoever signs in with one of them later gets a new, empty account.' },
  },
  {
    ...{ table: 'account', whose: byAccount('id'), file: 'account.json', key: 't.id::text' },
    about: 'Your account and profile.',
    onDeletion: 'other',
    why: 'Name, text and DID are erased. The id that other apps know you by stays reserved, so that nobody is ever taken for you.',
  },
]

/** Tables of schema app that hold nothing of anybody, and why that is so. */
export const aboutNobody: Readonly<Record<string, string>> = {
  listing_event: 'that a listing came or went, which is public',
  rate: 'what currencies and tokens are worth',
  rate_source: 'when each source of rates was asked last',
  data_key: 'keys under which private columns are encrypted',
  audit_seal: 'the order and the hashes of the audit log',
  rate_limit: 'counts of requests, which are forgotten after minutes',
  used_token: 'ids of tokens that may be used once, until they expire',
  audit_anchor: 'where heads of the audit log stand on chain',
  search_document: 'which words a listing has, as hashes; it goes with its listing',
  search_posting: 'which listings have a word; it goes with its listing',
  search_size: 'how many listings there are',
  search_term: 'how common words are',
  search_uncounted: 'listings whose words have to be counted yet',
  search_word: 'words that titles of listings have',
  town: 'the towns of the world',
  town_name: 'what towns are found by',
}

/** What the chain says of a person. It is exported, and nobody can erase it. */
export const chainHoldings: readonly (Pick<Holding, 'table' | 'whose' | 'file' | 'about' | 'key'> & { onDeletion?: never })[] = [
  {
    ...{ table: 'deal', file: 'chain/deals.json', key: "t.chain || ' ' || t.id" },
    whose: (id) => Prisma.sql`t.id IN (${dealsOf(id)}) OR EXISTS (
      SELECT FROM app.wallet w WHERE w.account_id = ${id}::uuid AND w.chain = t.chain AND w.address = t.arbiter)`,
    about: 'Deals in which you buy, sell or judge, as the chain has them.',
  },
  {
    ...{ table: 'review', file: 'chain/reviews.json', key: "t.chain || ' ' || t.deal_id || ' ' || t.author" },
    whose: (id) => Prisma.sql`t.author IN (${wallets(id)}) OR t.subject IN (${wallets(id)})`,
    about: 'Reviews by you and of you, as the chain has them.',
  },
  {
    ...{
      table: 'credit',
      whose: byWallet('account'),
      file: 'chain/credits.json',
      key: "t.chain || ' ' || t.token || ' ' || t.account",
    },
    about: 'Money that waits for you in the contract.',
  },
]
