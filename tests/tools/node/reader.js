// reader.js ADDRESS STEPS: a publication unpacked at ADDRESS/book/, read by Vivliostyle's engine (ADDRESS/reader.html) in a
// headless Chromium. Steps, as JSON: {go: place}; {press: place of a link}, as a finger would; {page: label}, by the
// book's own page list; with each, {expect: place}, a place being "EPUB/text/002.xhtml#fn3". Prints a line of JSON: for
// each step, where the link led, the letters in the element expected and those behind it, or null if it is not on the
// page that is shown. It judges nothing itself.
'use strict';
const path = require('path');
const puppeteer = require(path.join(process.env.NODE_FOLDER, 'node_modules', 'puppeteer-core'));

const LIMIT = 240000; // [ms] to open the publication
const PATIENCE = 4000; // [ms] for one step in it
const LETTERS = 40; // told of each place

// Runs in the browser. The engine names what has an id by its whole address, so that two of one name are told apart.
function helpers() {
	const all = () => [...document.querySelectorAll('[data-vivliostyle-page-container]')];
	const name = url => 'viv-id-' + url.replace(/[^-a-zA-Z0-9_]/g, c => ':' + c.charCodeAt(0).toString(16).padStart(4, '0'));
	const shown = () => all().find(p => getComputedStyle(p).display !== 'none');
	const find = url => {
		const page = shown();
		return page && [...page.querySelectorAll('[data-vivliostyle-id]')].find(
			e => e.getAttribute('data-vivliostyle-id') === name(url)) || null;
	};
	const letters = (range, most) => {
		let out = '';
		const walk = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
		for (let n = walk.currentNode; n && out.length < most; n = walk.nextNode())
			if (n.nodeType === 3 && range.intersectsNode(n) && !n.parentElement.closest('[data-adapt-pseudo]'))
				out += n.data.normalize('NFC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
		return out.slice(0, most);
	};
	const tell = (url, most) => {
		const at = find(url);
		if (!at)
			return null;
		const inside = document.createRange(), after = document.createRange();
		inside.selectNodeContents(at);
		let page = shown();
		after.setStartAfter(at);
		after.setEnd(page, page.childNodes.length);
		let rest = letters(after, most);
		for (page = all()[all().indexOf(page) + 1]; page && rest.length < 12; page = all()[all().indexOf(page) + 1]) {
			const more = document.createRange();
			more.selectNodeContents(page);
			rest += letters(more, most);
		}
		return { inside: letters(inside, most), after: rest };
	};
	/* a link inside the book as the engine hands it on: "#" and the name of the place */
	const place = (href, base) => href.startsWith('#') ? decodeURI(href.slice(1)).replace(/^viv-id-/, '').replace(
		/:([0-9a-f]{4})/g, (m, c) => String.fromCharCode(parseInt(c, 16))).replace(base, '') : href.replace(base, '');
	window.reader = { find, tell, place };
}

async function step(page, address, s) {
	await page.evaluate(() => { window.links = []; });
	if (s.go)
		await page.evaluate(u => window.viewer.navigateToInternalUrl(u), address + 'book/' + s.go);
	if (s.press)
		await page.evaluate(u => {
			const at = window.reader.find(u), a = at && (at.closest('a[href]') || at.querySelector('a[href]'));
			if (a)
				a.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
		}, address + 'book/' + s.press);
	if (s.page)
		await page.evaluate(async (base, label) => {
			const nav = new DOMParser().parseFromString(await (await fetch(base + 'nav.xhtml')).text(), 'application/xhtml+xml');
			const list = [...nav.getElementsByTagName('nav')].find(n => n.getAttribute('epub:type') === 'page-list');
			const a = list && [...list.getElementsByTagName('a')].find(e => e.textContent === label);
			if (!a)
				return;
			window.links.push(base + a.getAttribute('href'));
			window.viewer.navigateToInternalUrl(window.links[0]);
		}, address + 'book/EPUB/', s.page);
	for (const end = Date.now() + PATIENCE; ; await new Promise(r => setTimeout(r, 50))) {
		const [seen, link] = await page.evaluate((base, to, n) => [window.reader.tell(base + to, n),
			window.links.length ? window.reader.place(window.links[0], base) : null], address + 'book/', s.expect, LETTERS);
		if ((seen && (s.go || link !== null)) || Date.now() > end)
			return seen && { ...seen, link };
	}
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
		await page.evaluate(helpers);
		for (const s of steps)
			result.steps.push(await step(page, address, s));
		result.errors.push(...await page.evaluate('window.faults'));
	} finally {
		await browser.close();
	}
	console.log(JSON.stringify(result));
})().catch(e => {
	console.error(e && e.stack ? e.stack : e);
	process.exit(1);
});
