/** Runs before the first paint, so that nobody sees the wrong theme flash by. */
export const themeScript = `(()=>{let t=null;try{t=localStorage.getItem('fairhold.theme')}catch{}
document.documentElement.dataset.theme=t??(matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light')})()`
