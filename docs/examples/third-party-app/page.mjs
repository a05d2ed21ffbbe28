const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const text = (value) => String(value).replace(/[&<>"']/g, (one) => escapes[one])
const button = (action, label) => `<form method="post" action="${action}"><button>${label}</button></form>`

/** The one page of the app: the way to log in, or who is logged in and their deals. */
export function page({ person, deals = [], problem }) {
  const rows = deals.map(({ state, listing, shipping }) => {
    const tracking = shipping?.trackingNumber ? `, tracking ${text(shipping.trackingNumber)}` : ''
    return `<li>${text(listing?.title ?? 'Something')}: <b>${text(state)}</b>${tracking}</li>`
  })
  const inside = person
    ? `<p>Hello <b>${text(person.name)}</b><br><code>${text(person.sub)}</code></p>
       <h2>Your deals</h2><ul>${rows.join('') || '<li>None yet.</li>'}</ul>
       ${button('/refresh', 'Renew the tokens')} ${button('/logout', 'Log out')}`
    : button('/login', 'Log in with Fairhold')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Ship Shape</title>
    <body style="font: 1rem system-ui; max-width: 40rem; margin: 3rem auto">
    <h1>Ship Shape</h1>${problem ? `<p role="alert">${text(problem)}</p>` : ''}${inside}</body></html>`
}
