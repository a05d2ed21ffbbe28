import type { OauthProblem, OauthScope } from '@fairhold/api/contract/oauth'

type ScopeWords = {
  /** What the app could do, as an end of "It could …". */
  title: string
  hint?: string
  /** Whether to think twice. */
  careful?: true
}

/** What each scope means, in the words of a person. */
export const scopeCopy = {
  openid: { title: 'Know who you are', hint: 'Your lasting identifier on Fairhold, so that it knows you again.' },
  profile: { title: 'See your name and your first wallet' },
  offline_access: { title: 'Go on while you are away', hint: 'Without asking you again, until you end it.' },
  'profile:read': {
    title: 'See all wallets of your account',
    hint: 'It would know that they belong to one person.',
    careful: true,
  },
  'profile:write': { title: 'Change your name and your text', hint: 'Everybody sees them.', careful: true },
  'listings:read': { title: 'See your listings' },
  'listings:write': {
    title: 'Publish and withdraw your listings',
    hint: 'A listing still needs the signature of your wallet.',
    careful: true,
  },
  'deals:read': {
    title: 'See what only you and the other side see of your deals',
    hint: 'Such as where things are sent, and their tracking.',
    careful: true,
  },
  'deals:write': {
    title: 'Act in your deals',
    hint: 'Set addresses and tracking, and pass on offers to settle. It cannot move money: that takes your wallet.',
    careful: true,
  },
  'disputes:write': { title: 'Speak for you in disputes', hint: 'What it writes counts as yours.', careful: true },
  'reviews:write': { title: 'Hand in reviews for you', hint: 'A review still needs the signature of your wallet.' },
  'credentials:read': {
    title: 'See your credentials',
    hint: 'Such as your reputation, as a document that can be shown elsewhere.',
  },
} as const satisfies Record<OauthScope, ScopeWords>

/** Every word of the consent page, and of the settings of apps and keys. */
export const oauthCopy = {
  careful: 'Careful',
  consent: {
    title: 'An app asks for access',
    asks: 'wants to use your Fairhold account',
    chosen: 'The app chose this name itself. Fairhold has not checked it.',
    by: (name: string) => `Registered by ${name}`,
    since: (day: string) => `on ${day}`,
    nobody: 'an account without a wallet here',
    homepage: 'Its page',
    sentTo: 'Whatever you decide, you are sent back to',
    check: 'Go on only if this is where you came from.',
    could: 'If you allow it, it could',
    nothing: 'Nothing but learn that you said yes.',
    never: 'It never gets your keys, and cannot move your money.',
    as: 'You are signed in as',
    other: 'Not you?',
    allow: 'Allow',
    refuse: 'Refuse',
    signIn: 'Sign in to go on',
    signInHint: 'You need a session here before you can decide.',
    proof: 'The app asks for a fresh proof that it is you. You will be asked for it when you allow.',
    end: 'You can end this any time in',
    endLink: 'Settings, Apps and keys',
    leaving: (host: string) => `Taking you back to ${host}…`,
  },
  problems: {
    again: 'To the marketplace',
    of: {
      expired: {
        title: 'This request has expired',
        text: 'An app has half an hour to be answered, in the browser that it sent here, by who is signed in. Go back to the app and start again.',
      },
      'unknown-app': {
        title: 'Nobody registered this app here',
        text: 'It may have been taken away, or stopped by the marketplace. Nothing was shared with it.',
      },
      'bad-redirect': {
        title: 'The app asked for an answer to a foreign address',
        text: 'You would have been sent somewhere that the app did not name when it was registered. Nothing was shared. If you know the people who make the app, tell them.',
      },
      'bad-request': {
        title: 'The app asked in a way that we do not understand',
        text: 'Nothing was shared with it. If you know the people who make the app, tell them.',
      },
      failed: { title: 'Something went wrong here', text: 'Nothing was shared with the app. Go back to it and try again.' },
    } satisfies Record<OauthProblem, { title: string; text: string }>,
  },
  connections: {
    title: 'Connected apps',
    hint: 'Apps of others that may use your account.',
    none: 'No app may use your account.',
    times: (since: string, last: string) => `Since ${since} · ${last}`,
    last: (when: string) => `last used ${when}`,
    never: 'never used',
    end: 'End access',
    endLabel: (name: string) => `End access: ${name}`,
    endTitle: (name: string) => `End the access of “${name}”?`,
    endText: 'Its tokens are void at once, in all browsers. If you use it again, it will have to ask again.',
    ended: 'The app has no access any more.',
  },
  keys: {
    title: 'API keys',
    hint: 'For programs of your own. Whoever has a key can do what it allows, without you.',
    none: 'You have no keys.',
    create: 'Create a key',
    name: 'Name',
    nameHint: 'Such as: the script that prints labels.',
    nameMissing: 'Give a name.',
    scopes: 'What it may do',
    scopesMissing: 'Choose at least one.',
    lifetime: 'Good for',
    days: (days: number) => `${days} days`,
    times: (until: string, last: string) => `Good until ${until} · ${last}`,
    revoke: 'Revoke',
    revokeLabel: (name: string) => `Revoke: ${name}`,
    revokeTitle: (name: string) => `Revoke the key “${name}”?`,
    revokeText: 'Programs that use it are refused at once. This cannot be undone.',
    revoked: 'The key is void.',
    onceTitle: 'Your new key',
  },
  clients: {
    title: 'Your apps',
    hint: 'Apps that you make, which log people in with Fairhold.',
    none: 'You have registered no apps.',
    register: 'Register an app',
    edit: 'Change',
    editLabel: (name: string) => `Change: ${name}`,
    editTitle: 'Change your app',
    name: 'Name',
    nameHint: 'People see it when they are asked. They see the address that you send them back to, too.',
    homepage: 'Homepage',
    redirects: 'Redirect addresses',
    redirectsHint: 'One a line. Compared character by character; http only for localhost, 127.0.0.1 and [::1].',
    kind: 'What kind of app',
    confidential: 'With a server',
    confidentialHint: 'It can keep a secret.',
    public: 'In a browser, on a phone or a desktop',
    publicHint: 'It has no secret: whoever has the app would have that too.',
    id: 'Client id',
    people: (count: number) => ['Nobody uses it yet', 'One person uses it'][count] ?? `${count} people use it`,
    stopped: 'Stopped by the marketplace',
    secret: 'New secret',
    secretTitle: 'Make a new secret?',
    secretText: 'The old one is void at once: your server needs the new one before it can log anybody in.',
    remove: 'Remove',
    removeTitle: (name: string) => `Remove “${name}”?`,
    removeText: 'Everybody who uses it loses it at once: tokens are void, and nobody can log in. This cannot be undone.',
    removed: 'The app is removed.',
    saved: 'The app is saved.',
    onceTitle: 'The secret of your app',
  },
  once: {
    warning: 'Copy it now: it is shown only this once. We keep only a hash of it.',
    copy: 'Copy',
    copied: 'Copied',
    done: 'I have copied it',
  },
} as const
