// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/render_scope.h"

#include <QJSEngine>
#include <QObject>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

namespace understudy {

/// What JavaScript asks the server for which it runs: `host` of resources/script/prelude.js. Values
/// go both ways as JSON. Used by the engine's thread, but for close().
class ScriptBridge final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptBridge(QJSEngine &engine)
        : m_engine(engine)
    {}

    /// For whom it is asked from now on; null: for nobody, there is no server. The locale is that
    /// of the server.
    void attach(handlebars::RenderScope *scope);
    /// Any thread. What still runs finds no server any more, and nothing is attached again. Waits
    /// for what is being asked for at the moment.
    void close();

    Q_INVOKABLE bool hasRequest();
    Q_INVOKABLE QString request();
    Q_INVOKABLE QByteArray requestBytes();
    /// Milliseconds since 1970.
    Q_INVOKABLE double now();
    Q_INVOKABLE double random();
    Q_INVOKABLE QString locale() const { return QString::fromStdString(m_locale); }
    /// Of texts whose characters are bytes, as in browsers.
    Q_INVOKABLE QString btoa(const QString &text) const;
    Q_INVOKABLE QString atob(const QString &base64) const;
    Q_INVOKABLE void log(const QString &line);

    /// Undefined where there is none; so with variable().
    Q_INVOKABLE QJSValue bucket(const QString &name);
    Q_INVOKABLE bool setBucket(const QString &name, const QString &json);
    /// False, and nothing was changed, where the bucket is not `before` any more.
    Q_INVOKABLE bool swapBucket(const QString &name, const QString &before, const QString &json);
    Q_INVOKABLE QJSValue variable(const QString &name);
    Q_INVOKABLE void setVariable(const QString &name, const QString &json);
    Q_INVOKABLE QString scenario(const QString &name);
    Q_INVOKABLE void setScenario(const QString &name, const QString &state);

    /// The bundle of faker, run once.
    Q_INVOKABLE QJSValue faker();
    /// Adds a locale to the bundle's; false where there is none.
    Q_INVOKABLE bool readLocale(const QString &name);

private:
    /// The scope, while somebody asks for something in it: close() waits for that. No lock is held
    /// meanwhile, as what is asked for may be a template that runs a script.
    class Use;
    /// Calls `use` with the server's values; throws into JavaScript where there are none.
    template<class Ask>
    void withServer(const Ask &ask);
    /// Throws into JavaScript what keeps a text from being a value.
    std::optional<JsonValue> parsed(const QString &json);

    QJSEngine &m_engine;
    std::mutex m_mutex; ///< of `m_scope`, `m_uses` and `m_isClosed`
    std::condition_variable m_unused;
    int m_uses = 0;
    handlebars::RenderScope *m_scope = nullptr;
    bool m_isClosed = false;
    std::string m_locale;
    QJSValue m_faker;
};

/// Whether a bundle of faker was compiled in.
bool hasFakerBundle();

} // namespace understudy
