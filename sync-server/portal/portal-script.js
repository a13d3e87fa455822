// @ts-check
// What a browser with script adds to the portal: files that go up while one still writes and go on where they broke off, and
// words that outlive a reload. Nothing depends on it: every form works as it stands. Plain and old on purpose, for old phones.

(function () {
  'use strict';

  const MAX_BYTES = 25 * 1024 * 1024;
  const DRAFT = 'docket-draft:';
  const WAITS_MS = [1000, 2000, 4000, 8000, 15000];

  /** @typedef {{ row: HTMLElement, note: HTMLElement, bar: HTMLProgressElement, state: 'sending' | 'done' | 'failed', sentBytes: number, file: File, stop: () => void }} Upload */

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-draft]'));
  forgetDrafts();
  if (form !== null) {
    keepDraft(form);
    if (form.hasAttribute('data-uploads') && window.crypto && window.crypto.subtle) takeFiles(form);
  }

  // Drafts

  /** On a page nobody is signed in at, and after Send, nothing that was typed stays on the device. */
  function forgetDrafts() {
    const sentJob =
      document.querySelector('.sent') && form ? form.getAttribute('data-draft') : null;
    const isSignedOut = document.querySelector('[data-signed-out]') !== null;
    try {
      for (const key of Object.keys(localStorage))
        if (key.indexOf(DRAFT) === 0 && (isSignedOut || key === DRAFT + sentJob))
          localStorage.removeItem(key);
    } catch (_) {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  /** @param {HTMLFormElement} form */
  function keepDraft(form) {
    const text = /** @type {HTMLTextAreaElement | null} */ (form.querySelector('#text'));
    const key = DRAFT + form.getAttribute('data-draft');
    if (text === null) return;
    try {
      const kept = localStorage.getItem(key);
      if (kept !== null && text.value === '') text.value = kept;
    } catch (_) {
      return;
    }
    text.addEventListener('input', function () {
      try {
        if (text.value === '') localStorage.removeItem(key);
        else localStorage.setItem(key, text.value);
      } catch (_) {
        // Full: what is on the page is still there.
      }
    });
  }

  // Files

  /** @param {HTMLFormElement} form */
  function takeFiles(form) {
    const list = /** @type {HTMLElement} */ (form.querySelector('.waiting'));
    const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type="submit"]'));
    const say = element('p', 'sr');
    say.setAttribute('role', 'status');
    list.removeAttribute('aria-live');
    form.appendChild(say);
    form.classList.add('with-script');
    /** @type {Upload[]} */
    let uploads = [];
    let isSending = false;

    form.addEventListener('change', function (event) {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.type !== 'file' || input.files === null) return;
      const files = Array.prototype.slice.call(input.files);
      // The bytes go up by themselves; the form must not bring them a second time.
      input.value = '';
      for (const file of files) add(file);
    });
    form.addEventListener('dragover', function (event) {
      event.preventDefault();
    });
    form.addEventListener('drop', function (event) {
      event.preventDefault();
      if (event.dataTransfer)
        for (const file of Array.prototype.slice.call(event.dataTransfer.files)) add(file);
    });
    form.addEventListener('submit', function (event) {
      if (uploads.every((upload) => upload.state !== 'sending')) return;
      event.preventDefault();
      isSending = true;
      showProgress();
    });
    window.addEventListener('beforeunload', function (event) {
      if (uploads.some((upload) => upload.state === 'sending')) event.preventDefault();
    });

    /** @param {File} file */
    function add(file) {
      const upload = rowFor(file);
      uploads.push(upload);
      list.appendChild(upload.row);
      if (file.size > MAX_BYTES)
        fail(upload, 'It is larger than 25 MB. Make it smaller, or send it another way.');
      else if (file.size === 0) fail(upload, 'It is empty. Choose one that has something in it.');
      else send(upload);
    }

    /** @param {File} file @returns {Upload} */
    function rowFor(file) {
      const row = element('li', 'upload');
      const words = element('div', 'upload-words');
      const name = element('bdi', '');
      name.textContent = file.name;
      const note = element('small', '');
      const bar = /** @type {HTMLProgressElement} */ (element('progress', ''));
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute('aria-label', file.name);
      const remove = element('button', 'quiet');
      remove.setAttribute('type', 'button');
      remove.setAttribute('aria-label', 'Remove ' + file.name);
      remove.textContent = 'Remove';
      words.appendChild(name);
      words.appendChild(note);
      row.appendChild(thumbFor(file));
      row.appendChild(words);
      row.appendChild(remove);
      row.appendChild(bar);
      /** @type {Upload} */
      const upload = { row, note, bar, file, state: 'sending', sentBytes: 0, stop: function () {} };
      remove.addEventListener('click', function () {
        upload.stop();
        uploads = uploads.filter((other) => other !== upload);
        list.removeChild(row);
        say.textContent = file.name + ' removed.';
        const picker = /** @type {HTMLElement | null} */ (form.querySelector('.picker input'));
        if (picker) picker.focus();
        settle();
      });
      return upload;
    }

    /** @param {Upload} upload */
    function send(upload) {
      upload.state = 'sending';
      progress(upload, 0);
      hashOf(upload.file).then(
        function (hash) {
          sendBytes(form, upload, hash, {
            progress: (bytes) => progress(upload, bytes),
            wait: () => (upload.note.textContent = 'Waiting for the connection …'),
            fail: (sentence) => fail(upload, sentence),
            done: () => done(upload, hash),
          });
        },
        function () {
          fail(upload, 'It could not be read. Choose it again.');
        },
      );
    }

    /** @param {Upload} upload @param {number} bytes */
    function progress(upload, bytes) {
      upload.sentBytes = bytes;
      upload.bar.value = bytes;
      upload.note.textContent = sizes(bytes, upload.file.size);
      showProgress();
    }

    /** @param {Upload} upload @param {string} hash */
    function done(upload, hash) {
      upload.state = 'done';
      upload.bar.hidden = true;
      upload.note.textContent = size(upload.file.size) + ', ready to send';
      const input = /** @type {HTMLInputElement} */ (element('input', ''));
      input.type = 'hidden';
      input.name = 'file';
      input.value = hash + ' ' + upload.file.name;
      upload.row.appendChild(input);
      say.textContent = upload.file.name + ' is ready to send.';
      settle();
    }

    /** @param {Upload} upload @param {string} sentence */
    function fail(upload, sentence) {
      upload.state = 'failed';
      upload.bar.hidden = true;
      upload.row.classList.add('failed');
      upload.note.textContent =
        'Not added: ' + sentence.charAt(0).toLowerCase() + sentence.slice(1);
      say.textContent = upload.file.name + ' was not added. ' + sentence;
      isSending = false;
      settle();
    }

    /** Send, where it was pressed while files were still on their way. */
    function settle() {
      showProgress();
      if (!isSending || uploads.some((upload) => upload.state === 'sending')) return;
      isSending = false;
      form.submit();
    }

    function showProgress() {
      const left = uploads.filter((upload) => upload.state === 'sending');
      const label = button.lastChild;
      if (label === null) return;
      const sent = left.reduce((sum, upload) => sum + upload.sentBytes, 0);
      const all = left.reduce((sum, upload) => sum + upload.file.size, 0);
      label.nodeValue = isSending && left.length > 0 ? 'Sending, ' + sizes(sent, all) : 'Send';
    }
  }

  /**
   * One file up by the tus protocol: asks how far it came before, goes on there, and comes again after every break.
   *
   * @param {HTMLFormElement} form @param {Upload} upload @param {string} hash
   * @param {{ progress: (bytes: number) => void, wait: () => void, fail: (sentence: string) => void, done: () => void }} tell
   */
  function sendBytes(form, upload, hash, tell) {
    const path = /** @type {string} */ (form.getAttribute('data-uploads'));
    const formToken = /** @type {HTMLInputElement} */ (form.querySelector('[name="formToken"]'))
      .value;
    let isStopped = false;
    let breaks = 0;
    /** @type {XMLHttpRequest | undefined} */
    let running;
    upload.stop = function () {
      isStopped = true;
      if (running) running.abort();
    };
    ask();

    function ask() {
      request('HEAD', path + '/' + hash, {}, null, function (answer) {
        const offset = Number(answer.getResponseHeader('Upload-Offset'));
        if (answer.status === 200) go(offset);
        else if (answer.status === 404 || answer.status === 410) begin();
        else judge(answer);
      });
    }
    function begin() {
      const headers = {
        'Upload-Length': String(upload.file.size),
        'Upload-Metadata': 'sha256 ' + btoa(hash),
      };
      request('POST', path, headers, null, function (answer) {
        if (answer.status === 201) go(0);
        else judge(answer);
      });
    }
    /** @param {number} offset */
    function go(offset) {
      tell.progress(offset);
      const headers = {
        'Upload-Offset': String(offset),
        'Content-Type': 'application/offset+octet-stream',
      };
      const bytes = upload.file.slice(offset);
      const sending = request('PATCH', path + '/' + hash, headers, bytes, function (answer) {
        if (answer.status === 204 || answer.status === 200) tell.done();
        else judge(answer);
      });
      sending.upload.onprogress = function (event) {
        breaks = 0;
        tell.progress(offset + event.loaded);
      };
    }
    /** @param {XMLHttpRequest} answer */
    function judge(answer) {
      const isPassing =
        answer.status === 0 ||
        answer.status >= 500 ||
        answer.status === 409 ||
        answer.status === 423 ||
        answer.status === 429;
      if (isPassing) return again();
      if (answer.status === 401)
        return tell.fail('You are signed out. Open your link, then choose it again.');
      let sentence = 'The office does not take it. Reload the page, then choose it again.';
      try {
        sentence = JSON.parse(answer.responseText).sentence || sentence;
      } catch (_) {
        // The sentence above will do.
      }
      tell.fail(sentence);
    }
    function again() {
      if (isStopped) return;
      tell.wait();
      const waitMs = WAITS_MS[Math.min(breaks, WAITS_MS.length - 1)];
      breaks += 1;
      const timer = setTimeout(resume, waitMs);
      window.addEventListener('online', resume);
      function resume() {
        clearTimeout(timer);
        window.removeEventListener('online', resume);
        if (!isStopped) ask();
      }
    }
    /**
     * @param {string} method @param {string} url @param {Record<string, string>} headers
     * @param {Blob | null} body @param {(answer: XMLHttpRequest) => void} then
     */
    function request(method, url, headers, body, then) {
      const answer = new XMLHttpRequest();
      running = answer;
      answer.open(method, url);
      answer.setRequestHeader('Tus-Resumable', '1.0.0');
      answer.setRequestHeader('Docket-Form', formToken);
      answer.setRequestHeader(
        'Docket-Job',
        /** @type {string} */ (form.getAttribute('data-draft')),
      );
      for (const [name, value] of Object.entries(headers)) answer.setRequestHeader(name, value);
      answer.onloadend = function () {
        if (!isStopped) then(answer);
      };
      answer.send(body);
      return answer;
    }
  }

  /** @param {File} file @returns {Promise<string>} the SHA-256 of its bytes, in hex */
  function hashOf(file) {
    return new Response(file)
      .arrayBuffer()
      .then((bytes) => crypto.subtle.digest('SHA-256', bytes))
      .then((hash) =>
        Array.prototype.map
          .call(new Uint8Array(hash), (/** @type {number} */ byte) =>
            ('0' + byte.toString(16)).slice(-2),
          )
          .join(''),
      );
  }

  /** @param {File} file */
  function thumbFor(file) {
    const square = element('span', 'thumb badge');
    square.setAttribute('aria-hidden', 'true');
    const ending = /\.([a-z0-9]{1,5})$/i.exec(file.name);
    square.textContent = String(ending ? ending[1] : 'file').toUpperCase();
    return square;
  }

  /** @param {string} name @param {string} className */
  function element(name, className) {
    const made = document.createElement(name);
    if (className !== '') made.className = className;
    return made;
  }

  /** @param {number} bytes */
  function size(bytes) {
    if (bytes < 1024) return bytes + (bytes === 1 ? ' byte' : ' bytes');
    if (bytes < 1023.5 * 1024) return Math.round(bytes / 1024) + ' kB';
    return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '') + ' MB';
  }

  /** "1.6 of 2.6 MB" @param {number} done @param {number} all */
  function sizes(done, all) {
    const unit = size(all).split(' ')[1];
    const divisor = unit === 'MB' ? 1024 * 1024 : unit === 'kB' ? 1024 : 1;
    const shown = unit === 'MB' ? (done / divisor).toFixed(1) : String(Math.round(done / divisor));
    return shown + ' of ' + size(all);
  }
})();
