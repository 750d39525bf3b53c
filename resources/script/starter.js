// Answers one request: Help > Scripts says what `request` and `mock` have.
module.exports = function (request, mock) {
    return {
        status: 200,
        headers: { "X-Answered-By": "script" },
        body: { method: request.method, path: request.path, now: mock.now }
    };
};
