// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/command_line.h"

#include "core/http/uri.h"

#include <algorithm>
#include <array>
#include <span>

namespace understudy::formats::curl {

namespace {

enum class Effect {
    None,
    Method,
    Header,
    Data,
    UrlEncoded,
    Json,
    Form,
    User,
    Cookie,
    Get,
    Head,
    Url,
    UrlQuery,
    Upload,
    Next
};

struct Option
{
    char letter; ///< 0: none
    std::string_view name;
    Effect effect;
    bool takesValue = true;
};

/// Those that say what is sent, and those with a value, which must not be taken for a URL.
constexpr std::array kOptions{
    Option{'X', "request", Effect::Method},
    Option{'H', "header", Effect::Header},
    Option{'d', "data", Effect::Data},
    Option{0, "data-raw", Effect::Data},
    Option{0, "data-binary", Effect::Data},
    Option{0, "data-ascii", Effect::Data},
    Option{0, "data-urlencode", Effect::UrlEncoded},
    Option{0, "json", Effect::Json},
    Option{'F', "form", Effect::Form},
    Option{0, "form-string", Effect::Form},
    Option{'u', "user", Effect::User},
    Option{0, "oauth2-bearer", Effect::User},
    Option{0, "aws-sigv4", Effect::User},
    Option{'b', "cookie", Effect::Cookie},
    Option{'A', "user-agent", Effect::Header},
    Option{'e', "referer", Effect::Header},
    Option{'r', "range", Effect::Header},
    Option{'z', "time-cond", Effect::Header},
    Option{0, "etag-compare", Effect::Header},
    Option{'G', "get", Effect::Get, false},
    Option{'I', "head", Effect::Head, false},
    Option{0, "url", Effect::Url},
    Option{0, "url-query", Effect::UrlQuery},
    Option{'T', "upload-file", Effect::Upload},
    Option{':', "next", Effect::Next, false},
    Option{'o', "output", Effect::None},
    Option{0, "output-dir", Effect::None},
    Option{'x', "proxy", Effect::None},
    Option{'U', "proxy-user", Effect::None},
    Option{0, "proxy-header", Effect::None},
    Option{0, "preproxy", Effect::None},
    Option{0, "noproxy", Effect::None},
    Option{0, "socks4", Effect::None},
    Option{0, "socks4a", Effect::None},
    Option{0, "socks5", Effect::None},
    Option{0, "socks5-hostname", Effect::None},
    Option{'c', "cookie-jar", Effect::None},
    Option{'m', "max-time", Effect::None},
    Option{0, "connect-timeout", Effect::None},
    Option{0, "expect100-timeout", Effect::None},
    Option{0, "keepalive-time", Effect::None},
    Option{'w', "write-out", Effect::None},
    Option{0, "retry", Effect::None},
    Option{0, "retry-delay", Effect::None},
    Option{0, "retry-max-time", Effect::None},
    Option{0, "rate", Effect::None},
    Option{0, "limit-rate", Effect::None},
    Option{'Y', "speed-limit", Effect::None},
    Option{'y', "speed-time", Effect::None},
    Option{0, "max-redirs", Effect::None},
    Option{0, "max-filesize", Effect::None},
    Option{0, "parallel-max", Effect::None},
    Option{0, "resolve", Effect::None},
    Option{0, "connect-to", Effect::None},
    Option{0, "interface", Effect::None},
    Option{0, "local-port", Effect::None},
    Option{0, "dns-servers", Effect::None},
    Option{0, "doh-url", Effect::None},
    Option{0, "unix-socket", Effect::None},
    Option{0, "abstract-unix-socket", Effect::None},
    Option{'E', "cert", Effect::None},
    Option{0, "cert-type", Effect::None},
    Option{0, "key", Effect::None},
    Option{0, "key-type", Effect::None},
    Option{0, "pass", Effect::None},
    Option{0, "cacert", Effect::None},
    Option{0, "capath", Effect::None},
    Option{0, "crlfile", Effect::None},
    Option{0, "pinnedpubkey", Effect::None},
    Option{0, "ciphers", Effect::None},
    Option{0, "tls13-ciphers", Effect::None},
    Option{0, "tls-max", Effect::None},
    Option{0, "curves", Effect::None},
    Option{'K', "config", Effect::None},
    Option{'C', "continue-at", Effect::None},
    Option{'D', "dump-header", Effect::None},
    Option{0, "etag-save", Effect::None},
    Option{0, "netrc-file", Effect::None},
    Option{0, "proto", Effect::None},
    Option{0, "proto-default", Effect::None},
    Option{0, "proto-redir", Effect::None},
    Option{0, "request-target", Effect::None},
    Option{0, "stderr", Effect::None},
    Option{0, "trace", Effect::None},
    Option{0, "trace-ascii", Effect::None},
    Option{0, "trace-config", Effect::None},
    Option{0, "variable", Effect::None},
    Option{0, "hsts", Effect::None},
    Option{0, "alt-svc", Effect::None},
    Option{0, "happy-eyeballs-timeout-ms", Effect::None},
    Option{'P', "ftp-port", Effect::None},
    Option{'Q', "quote", Effect::None},
    Option{'t', "telnet-option", Effect::None},
};

const Option *optionOf(char letter)
{
    const auto found = std::find_if(kOptions.begin(), kOptions.end(),
                                    [&](const Option &o) { return o.letter == letter; });
    return letter == 0 || found == kOptions.end() ? nullptr : &*found;
}

const Option *optionOf(std::string_view name)
{
    const auto found = std::find_if(kOptions.begin(), kOptions.end(),
                                    [&](const Option &o) { return o.name == name; });
    return found == kOptions.end() ? nullptr : &*found;
}

void addOnce(std::vector<std::string> &list, std::string_view what)
{
    if (std::find(list.begin(), list.end(), what) == list.end())
        list.emplace_back(what);
}

class CommandReader
{
public:
    explicit CommandReader(std::span<const std::string> words)
        : m_words(words)
    {}

    std::vector<CurlRequest> run()
    {
        bool isOptions = true;
        while (m_next < m_words.size()) {
            const std::string &word = m_words[m_next++];
            if (isOptions && word == "--")
                isOptions = false;
            else if (isOptions && word.starts_with("--"))
                longOption(std::string_view(word).substr(2));
            else if (isOptions && word.size() > 1 && word.starts_with('-'))
                shortOptions(std::string_view(word).substr(1));
            else
                m_request.urls.push_back(word);
        }
        finish();
        return std::move(m_requests);
    }

private:
    void longOption(std::string_view name)
    {
        if (const Option *option = optionOf(name)) {
            apply(*option, option->takesValue ? value() : std::string());
            return;
        }
        // The others have no value.
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-")
            != std::string_view::npos)
            addOnce(m_request.unknown, "--" + std::string(name));
    }

    /// `-sXPOST` is -s -X POST.
    void shortOptions(std::string_view letters)
    {
        while (!letters.empty()) {
            const Option *option = optionOf(letters.front());
            letters.remove_prefix(1);
            if (!option)
                continue;
            if (!option->takesValue) {
                apply(*option, {});
                continue;
            }
            apply(*option, letters.empty() ? value() : std::string(letters));
            return;
        }
    }

    std::string value() { return m_next < m_words.size() ? m_words[m_next++] : std::string(); }

    void apply(const Option &option, std::string value)
    {
        switch (option.effect) {
        case Effect::None:
            break;
        case Effect::Method:
            m_method = std::move(value);
            break;
        case Effect::Header:
            addOnce(m_request.beside, "headers");
            break;
        case Effect::User:
            addOnce(m_request.beside, "credentials");
            break;
        case Effect::Cookie:
            addOnce(m_request.beside, "cookies");
            break;
        case Effect::Data:
        case Effect::Json:
            addData(std::move(value));
            break;
        case Effect::UrlEncoded:
            addData(urlEncoded(value));
            break;
        case Effect::Form:
            m_hasForm = true;
            break;
        case Effect::Get:
            m_isGet = true;
            break;
        case Effect::Head:
            m_isHead = true;
            break;
        case Effect::Url:
            m_request.urls.push_back(std::move(value));
            break;
        case Effect::UrlQuery:
            addQuery(value.starts_with('+') ? value.substr(1) : urlEncoded(value));
            break;
        case Effect::Upload:
            m_isUpload = true;
            break;
        case Effect::Next:
            finish();
            break;
        }
    }

    /// `name=content`, `=content` or `content`, of which the content is encoded.
    static std::string urlEncoded(const std::string &value)
    {
        const std::size_t equals = value.find('=');
        if (equals == std::string::npos)
            return http::percentEncode(value);
        const std::string name = value.substr(0, equals);
        return (name.empty() ? "" : name + '=') + http::percentEncode(value.substr(equals + 1));
    }

    void addData(std::string value)
    {
        m_data += (m_hasData ? "&" : "") + std::move(value);
        m_hasData = true;
    }

    void addQuery(const std::string &text)
    {
        m_request.query += (m_request.query.empty() ? "" : "&") + text;
    }

    void finish()
    {
        if (m_hasData && m_isGet)
            addQuery(m_data);
        else if (m_hasData || m_hasForm || m_isUpload)
            addOnce(m_request.beside, "a body");
        m_request.method = !m_method.empty()                      ? m_method
                           : m_isHead                             ? "HEAD"
                           : m_isUpload                           ? "PUT"
                           : (m_hasData || m_hasForm) && !m_isGet ? "POST"
                                                                  : "GET";
        m_requests.push_back(std::move(m_request));
        m_request = {};
        m_method.clear();
        m_data.clear();
        m_hasData = m_hasForm = m_isGet = m_isHead = m_isUpload = false;
    }

    std::span<const std::string> m_words;
    std::size_t m_next = 0;
    std::vector<CurlRequest> m_requests;
    CurlRequest m_request;
    std::string m_method;
    std::string m_data;
    bool m_hasData = false;
    bool m_hasForm = false;
    bool m_isGet = false;
    bool m_isHead = false;
    bool m_isUpload = false;
};

} // namespace

std::vector<CurlRequest> readCommand(const ShellCommand &command)
{
    const std::span<const std::string> words(command.words);
    return CommandReader(words.empty() ? words : words.subspan(1)).run();
}

} // namespace understudy::formats::curl
