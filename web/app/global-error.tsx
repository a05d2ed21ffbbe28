'use client'

const style = { font: '1.0625rem/1.6 system-ui, sans-serif', maxWidth: '34rem', margin: '18vh auto', padding: '0 1.25rem' }

/**
 * When not even the frame can be made. Both languages, as nothing is known of the reader; no styles but these, as they may be what
 * failed.
 */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main style={style}>
          <h1>Fairhold</h1>
          <p>This page could not be shown. Your money is safe: it is in the contract, not here.</p>
          <p lang="de">Diese Seite kann gerade nicht angezeigt werden. Dein Geld ist sicher: Es liegt im Vertrag, nicht hier.</p>
          <p>
            <button type="button" onClick={() => window.location.reload()}>
              Try again · <span lang="de">Noch einmal versuchen</span>
            </button>
          </p>
        </main>
      </body>
    </html>
  )
}
