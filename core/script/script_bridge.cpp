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
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_scope = nullptr;
}

template<class Use>
void ScriptBridge::withServer(const Use &use)
{
    const std::lock_guard lock(m_mutex);
    if (m_scope && m_scope->server)
        use(*m_scope->server, *m_scope);
    else
        m_engine.throwError(QStringLiteral("there is no server here"));
}

bool ScriptBridge::hasRequest()
{
    const std::lock_guard lock(m_mutex);
    return m_scope && m_scope->request;
}

QString ScriptBridge::request()
{
    const std::lock_guard lock(m_mutex);
    if (m_scope && m_scope->request)
        return toJson(scriptRequest(*m_scope->request));
    m_engine.throwError(QStringLiteral("there is no request here"));
    return {};
}

QByteArray ScriptBridge::requestBytes()
{
    const std::lock_guard lock(m_mutex);
    if (!m_scope || !m_scope->request)
        return {};
    const auto bytes = m_scope->request->request.bytes();
    return bytes ? QByteArray(bytes->data(), static_cast<qsizetype>(bytes->size())) : QByteArray();
}

double ScriptBridge::now()
{
    const std::lock_guard lock(m_mutex);
    const WallTime time = m_scope ? m_scope->now : std::chrono::system_clock::now();
    return static_cast<double>(
        std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

double ScriptBridge::random()
{
    const std::lock_guard lock(m_mutex);
    return m_scope ? m_scope->random() : 0;
}

QString ScriptBridge::btoa(const QString &text) const
{
    return QString::fromLatin1(text.toLatin1().toBase64());
}

QString ScriptBridge::atob(const QString &base64) const
{
    return QString::fromLatin1(QByteArray::fromBase64(base64.toLatin1()));
}

void ScriptBridge::log(const QString &line)
{
    const std::lock_guard lock(m_mutex);
    if (m_scope && m_scope->log.size() < kMostLines)
        m_scope->log.push_back(line.left(kLongestLine).toStdString());
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
    bool isThere = false;
    auto value = JsonValue::parse(json.toStdString());
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        isThere = value && server.changeBucket(name.toStdString(), scope, [&](JsonValue &held) {
            held = *std::move(value);
        });
    });
    return isThere;
}

bool ScriptBridge::swapBucket(const QString &name, const QString &before, const QString &json)
{
    bool isDone = false;
    auto value = JsonValue::parse(json.toStdString());
    const std::string expected = before.toStdString();
    withServer([&](handlebars::ServerValues &server, handlebars::RenderScope &scope) {
        server.changeBucket(name.toStdString(), scope, [&](JsonValue &held) {
            isDone = value && writeJson(held) == expected;
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
        if (auto value = JsonValue::parse(json.toStdString()))
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
