// reader.js ADDRESS MODE: a publication unpacked at ADDRESS/book/, read by Vivliostyle's engine (ADDRESS/reader.html) in a
// headless Chromium. Opens it, follows the first note's mark and the way back, and jumps to each page of the page list.
// Prints a line of JSON: what it saw. It judges nothing itself.
'use strict';
const path = require('path');
const puppeteer = require(path.join(process.env.NODE_FOLDER, 'node_modules', 'puppeteer-core'));

const LIMIT = 120000; // [ms] to open the publication
const PATIENCE = 20000; // [ms] for one step in it

// What stands in the page that is shown, from the element of an id on.
function seen(id) {
	const shown = [...document.querySelectorAll('[data-vivliostyle-page-container]')].filter(
		p => getComputedStyle(p).display !== 'none' && p.getBoundingClientRect().height > 0);
	const find = p => [...p.querySelectorAll('*')].find(e => (e.getAttribute('data-adapt-eloff') !== null || e.id) &&
		(e.id || '').endsWith(id));
	for (const page of shown) {
		const at = find(page);
		if (!at)
			continue;
		const range = document.createRange();
		range.setStartAfter(at);
		range.setEnd(page, page.childNodes.length);
		return { inside: at.textContent, after: range.toString(), top: at.getBoundingClientRect().top };
	}
	return null;
}

(async () => {
	const [address, steps] = [process.argv[2], JSON.parse(process.argv[3])];
	const browser = await puppeteer.launch({ executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu'], headless: true, protocolTimeout: LIMIT });
	const result = { errors: [], steps: [] };
	try {
		const page = await browser.newPage();
		await page.setViewport({ width: 600, height: 800 });
		page.on('pageerror', e => result.errors.push(String(e)));
		page.on('requestfailed', r => result.errors.push('not served: ' + r.url()));
		await page.goto(address + 'reader.html');
		await page.waitForFunction('window.state === "complete"', { timeout: LIMIT });
		result.errors.push(...await page.evaluate('window.faults'));
		result.title = await page.evaluate('window.title');
		for (const s of steps) {
			if (s.click) // as a reader's finger would, on the link shown
				await page.evaluate(s.click.find === 'href' ? h => {
					const a = [...document.querySelectorAll('a')].find(e => (e.getAttribute('href') || '').endsWith(h) &&
						e.getBoundingClientRect().height > 0);
					if (a)
						a.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
				} : () => {}, s.click.value);
			else
				await page.evaluate(u => window.viewer.navigateToInternalUrl(u), address + 'book/' + s.go);
			const id = s.expect;
			let got = null;
			for (const end = Date.now() + PATIENCE; got === null && Date.now() < end;) {
				got = await page.evaluate(seen, id);
				if (got === null)
					await new Promise(r => setTimeout(r, 100));
			}
			result.steps.push(got);
		}
	} finally {
		await browser.close();
	}
	console.log(JSON.stringify(result));
})().catch(e => {
	console.error(e && e.stack ? e.stack : e);
	process.exit(1);
});
