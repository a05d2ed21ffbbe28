/**
 * Runs before the first paint, so that nobody sees the wrong theme flash by, and switches it where `data-theme-toggle` is clicked:
 * that works before the page is hydrated, and costs no component in the browser.
 */
export const themeScript = `(()=>{const d=document.documentElement,k='fairhold.theme';let t=null;try{t=localStorage.getItem(k)}catch{}
d.dataset.theme=t??(matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light');
document.addEventListener('click',e=>{if(!e.target.closest?.('[data-theme-toggle]'))return;
d.dataset.theme=d.dataset.theme==='dark'?'light':'dark';try{localStorage.setItem(k,d.dataset.theme)}catch{}})})()`
