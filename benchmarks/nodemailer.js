// nodemailer over the same words: node nodemailer.js PORT MAILS PARTS
const { readFileSync } = require('fs');
const nodemailer = require('nodemailer');

const [port, mails, parts] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const [html, text] = ['html', 'text'].map((name) => readFileSync(`${parts}/${name}`, 'utf8'));
const pool = nodemailer.createTransport({
  host: '127.0.0.1', port, pool: true, maxConnections: 8, maxMessages: Infinity, ignoreTLS: true,
});

async function main() {
  const [start, before] = [process.hrtime.bigint(), process.cpuUsage()];
  const sent = [];
  for (let number = 0; number < mails; number++) {
    const address = `reader${number}@example.org`;
    sent.push(pool.sendMail({
      from: 'Fabrieken <news@example.org>',
      to: `Lezer ${number} <${address}>`,
      subject: 'December in de Fabrieken',
      html: html.replaceAll('BLANK--address--', address),
      text: text.replaceAll('BLANK--address--', address),
    }));
  }
  await Promise.all(sent);
  const used = process.cpuUsage(before);
  console.log(JSON.stringify({
    mails,
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
    cpu: (used.user + used.system) / 1e6,
  }));
  pool.close();
}

main();
