'use client'

/** When not even the frame can be made. Both languages, as nothing is known of the reader; no styles, as they may be what failed. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <h1>Fairhold</h1>
        <p>This page could not be shown. Your money is safe: it is in the contract, not here. Please reload the page.</p>
        <p lang="de">
          Diese Seite kann gerade nicht angezeigt werden. Dein Geld ist sicher: Es liegt im Vertrag, nicht hier. Bitte lade die
          Seite neu.
        </p>
      </body>
    </html>
  )
}
