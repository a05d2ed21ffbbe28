/**
 * What is pressed before React has come, which on a slow network takes seconds, is pressed for the reader once it is there. Runs
 * before the first paint. Links, forms, popovers and the theme work by themselves; of several buttons the last one counts, and none
 * that was pressed so long ago that nobody waits for it any more. React marks what it has taken over by a key on the element, a
 * moment before it listens. What it takes over at once because of the press, it answers itself.
 */
export const earlyClicksScript = `(()=>{let waiting=null,since=0,seen=false
const own='[type=button]:not([popovertarget],[data-theme-toggle],:disabled)'
const taken=e=>Object.keys(e).some(k=>k.startsWith('__reactProps$'))
const drop=()=>{waiting?.removeAttribute('data-pressed');waiting=null}
const look=()=>{if(!waiting)return
if(!waiting.isConnected||Date.now()-since>30000)return drop()
if(!seen){seen=taken(waiting);return setTimeout(look,100)}
const b=waiting;drop();b.click()}
document.addEventListener('click',e=>{const b=e.isTrusted&&e.target.closest?.(own)
if(!b||taken(b))return
const idle=!waiting;drop();waiting=b;since=Date.now();seen=false
b.setAttribute('data-pressed','')
setTimeout(()=>b===waiting&&taken(b)&&drop())
if(idle)setTimeout(look,100)},true)})()`
