// SPDX-License-Identifier: Apache-2.0
#include "core/script/script_bridge.h"

#include "core/base/json_text.h"
#include "core/script/script_request.h"

#include <QFile>

namespace understudy {

namespace {

constexpr std::size_t kMostLines = 100;
constexpr qsizetype kLongestLine = 2000;

QString resource(const QString &name) { return QStringLiteral(":/understudy/faker/") + name; }

QString toJson(const JsonValue &value) { return QString::fromStdString(writeJson(value)); }

} // namespace

bool hasFakerBundle() { return QFile::exists(resource(QStringLiteral("faker.js"))); }

class ScriptBridge::Use
{
public:
    explicit Use(ScriptBridge &bridge)
        : m_bridge(bridge)
    {
        const std::lock_guard lock(bridge.m_mutex);
        m_scope = bridge.m_scope;
        ++bridge.m_uses;
    }
    ~Use()
    {
        const std::lock_guard lock(m_bridge.m_mutex);
        if (--m_bridge.m_uses == 0)
            m_bridge.m_unused.notify_all();
    }
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

    /// May be null.
    handlebars::RenderScope *scope() const { return m_scope; }
    const MatchContext *request() const { return m_scope ? m_scope->request : nullptr; }

private:
    ScriptBridge &m_bridge;
    handlebars::RenderScope *m_scope;
};

void ScriptBridge::attach(handlebars::RenderScope *scope)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    m_scope = scope;
    m_locale = scope && scope->server ? scope->server->locale() : std::string_view();
    if (m_locale.empty())
        m_locale = "en";
}

void ScriptBridge::close()
{
    std::unique_lock lock(m_mutex);
    m_isClosed = true;
    m_scope = nullptr;
    m_unused.wait(lock, [this] { return m_uses == 0; });
}

template<class Ask>
void ScriptBridge::withServer(const Ask &ask)
{
    const Use use(*this);
    if (use.scope() && use.scope()->server)
        ask(*use.scope()->server, *use.scope());
    else
        m_engine.throwError(QStringLiteral("there is no server here"));
}

std::optional<JsonValue> ScriptBridge::parsed(const QString &json)
{
    auto value = JsonValue::parse(json.toStdString());
    if (value)
        return *std::move(value);
    m_engine.throwError(QString::fromStdString("this cannot be kept: " + value.error().message));
    return std::nullopt;
}

bool ScriptBridge::hasRequest() { return Use(*this).request() != nullptr; }

QString ScriptBridge::request()
{
    const Use use(*this);
    if (use.request())
        return toJson(scriptRequest(*use.request()));
    m_engine.throwError(QStringLiteral("there is no request here"));
    return {};
}

QByteArray ScriptBridge::requestBytes()
{
    const Use use(*this);
    const auto bytes = use.request() ? use.request()->request.bytes() : std::string_view();
    // (A QByteArray that is null becomes no buffer.)
    return bytes && !bytes->empty()
               ? QByteArray(bytes->data(), static_cast<qsizetype>(bytes->size()))
               : QByteArray("");
}

double ScriptBridge::now()
{
    const Use use(*this);
    const WallTime time = use.scope() ? use.scope()->now : std::chrono::system_clock::now();
    return static_cast<double>(
        std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

double ScriptBridge::random()
{
    const Use use(*this);
    return use.scope() ? use.scope()->random() : 0;
}

void ScriptBridge::log(const QString &line)
{
    const Use use(*this);
    if (use.scope() && use.scope()->log.size() < kMostLines)
        use.scope()->log.push_back(line.left(kLongestLine).toStdString());
}

QString ScriptBridge::btoa(const QString &text) const
{
    return QString::fromLatin1(text.toLatin1().toBase64());
}

QString ScriptBridge::atob(const QString &base64) const
{
    return QString::fromLatin1(QByteArray::fromBase64(base64.toLatin1()));
}

QJSValue ScriptBridge::bucket(const QString &name)
{
    QJSValue out;
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        if (const auto value = server.bucket(name.toStdString(), scope))
            out = QJSValue(toJson(*value));
    });
    return out;
}

bool ScriptBridge::setBucket(const QString &name, const QString &json)
{
    bool isThere = true;
    auto value = parsed(json);
    if (!value)
        return true; // which has been told
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        isThere = server.changeBucket(name.toStdString(), scope,
                                      [&](JsonValue &held) { held = *std::move(value); });
    });
    return isThere;
}

bool ScriptBridge::swapBucket(const QString &name, const QString &before, const QString &json)
{
    bool isDone = false;
    auto value = parsed(json);
    if (!value)
        return true; // which has been told
    const std::string expected = before.toStdString();
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        server.changeBucket(name.toStdString(), scope, [&](JsonValue &held) {
            isDone = writeJson(held) == expected;
            if (isDone)
                held = *std::move(value);
        });
    });
    return isDone;
}

QJSValue ScriptBridge::variable(const QString &name)
{
    QJSValue out;
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &) {
        if (const auto value = server.variable(name.toStdString()).json())
            out = QJSValue(toJson(*value));
    });
    return out;
}

void ScriptBridge::setVariable(const QString &name, const QString &json)
{
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &) {
        if (auto value = parsed(json))
            server.setVariable(name.toStdString(), handlebars::Value::ofJson(*std::move(value)));
    });
}

QString ScriptBridge::scenario(const QString &name)
{
    QString out;
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        out = QString::fromStdString(server.scenario(name.toStdString(), scope));
    });
    return out;
}

void ScriptBridge::setScenario(const QString &name, const QString &state)
{
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        server.setScenario(name.toStdString(), state.toStdString(), scope);
    });
}

QJSValue ScriptBridge::faker()
{
    if (m_faker.isObject())
        return m_faker;
    QFile file(resource(QStringLiteral("faker.js")));
    if (!file.open(QIODevice::ReadOnly)) {
        m_engine.throwError(QStringLiteral(
            "@faker-js/faker was not built in: run installer/faker-bundle where npm reaches its "
            "registry, and build again"));
        return {};
    }
    m_engine.evaluate(QString::fromUtf8(file.readAll()), QStringLiteral("faker.js"));
    m_faker = m_engine.globalObject().property(QStringLiteral("understudyFaker"));
    return m_faker;
}

bool ScriptBridge::readLocale(const QString &name)
{
    QFile file(resource(name + QStringLiteral(".json")));
    if (name.contains(u'/') || !file.open(QIODevice::ReadOnly))
        return false;
    QJSValue parse = m_engine.globalObject()
                         .property(QStringLiteral("JSON"))
                         .property(QStringLiteral("parse"));
    m_faker.property(QStringLiteral("locales"))
        .setProperty(name, parse.call({QJSValue(QString::fromUtf8(file.readAll()))}));
    return true;
}

} // namespace understudy
