// SPDX-License-Identifier: Apache-2.0
#include "core/script/script_engine.h"

#include "core/base/json_text.h"
#include "core/base/units.h"

#include "embedded/prelude.h"

namespace understudy {

namespace {

const QString kPreludeName = QStringLiteral("prelude.js");

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJSValue json(const JsonValue &value) { return QString::fromStdString(writeJson(value)); }

/// For whom the bridge is asked, for the time of a call.
class Attached
{
public:
    Attached(ScriptBridge &bridge, handlebars::RenderScope *scope)
        : m_bridge(bridge)
    {
        m_bridge.attach(scope);
    }
    ~Attached() { m_bridge.attach(nullptr); }
    Attached(const Attached &) = delete;
    Attached &operator=(const Attached &) = delete;

private:
    ScriptBridge &m_bridge;
};

/// Whether it is a file of ours, whose lines tell nobody anything.
bool isOurs(const QString &file)
{
    return file == kPreludeName || file == QStringLiteral("faker.js");
}

/// Where an error was thrown, or from where in the user's own file what threw it was called. The
/// engine makes a URL of a name.
Place placeOf(const QJSValue &error)
{
    const auto placed = [](QString file, int line) {
        if (file.startsWith(QStringLiteral("file:")))
            file.remove(0, 5);
        return isOurs(file) || line <= 0 ? Place() : Place{file.toStdString(), line, 0};
    };
    Place out = placed(error.property(QStringLiteral("fileName")).toString(),
                       error.property(QStringLiteral("lineNumber")).toInt());
    // "name@file:line", the innermost call first.
    const QString stack = error.property(QStringLiteral("stack")).toString();
    for (const QString &call : stack.split(u'\n')) {
        if (!out.file.empty())
            break;
        const qsizetype at = call.indexOf(u'@') + 1;
        const qsizetype colon = call.lastIndexOf(u':');
        if (at > 0 && colon > at)
            out = placed(call.mid(at, colon - at), call.mid(colon + 1).toInt());
    }
    return out;
}

/// What JSON.stringify made of a value; undefined of what it cannot write.
Result<handlebars::Value> valueOf(const QJSValue &text)
{
    if (text.isUndefined())
        return handlebars::Value();
    auto value = JsonValue::parse(text.toString().toStdString());
    if (!value)
        return value.error();
    return handlebars::Value::ofJson(*std::move(value));
}

} // namespace

ScriptEngine::ScriptEngine()
    : m_bridge(m_engine)
{
    QJSEngine::setObjectOwnership(&m_bridge, QJSEngine::CppOwnership);
    QJSValue prelude = m_engine.evaluate(toQt(embedded::prelude), kPreludeName);
    m_prelude = prelude.call({m_engine.newQObject(&m_bridge), m_engine.globalObject()});
}

Error ScriptEngine::errorOf(const QJSValue &thrown) const
{
    const bool isSyntax = thrown.errorType() == QJSValue::SyntaxError;
    Place place = placeOf(thrown);
    // What our own functions say about a whole script stands for itself.
    std::string message = (place.file.empty() ? thrown.property(QStringLiteral("message")) : thrown)
                              .toString()
                              .toStdString();
    return {isSyntax ? ErrorCode::Syntax : ErrorCode::Invalid, std::move(message),
            std::move(place)};
}

Result<QJSValue> ScriptEngine::compile(const ScriptText &script)
{
    // On one line with the script's first, so that lines keep their numbers. Strict, so that no
    // variable outlives the request.
    const QString text = QStringLiteral("(function (module, exports) { \"use strict\"; ")
                         + toQt(script.text) + QStringLiteral("\n})");
    QJSValue file = m_engine.evaluate(text, toQt(script.name));
    if (!file.isError())
        return file;
    Error error = errorOf(file);
    error.message += "; scripts are ECMAScript 2016: without async, {...object}, class fields and "
                     "what else is younger";
    return error;
}

Result<QJSValue> ScriptEngine::run(const char *function, const QJSValueList &arguments)
{
    const QJSValue made = m_prelude.property(QString::fromLatin1(function)).call(arguments);
    if (made.isError())
        return errorOf(made);
    return made;
}

Result<void> ScriptEngine::check(const ScriptText &script)
{
    const auto file = compile(script);
    return file ? Result<void>() : Result<void>(file.error());
}

Result<ScriptAnswer> ScriptEngine::answer(const ScriptText &script, handlebars::RenderScope &scope)
{
    const Attached attached(m_bridge, &scope);
    const auto file = compile(script);
    if (!file)
        return file.error();
    const auto made = run("answer", {*file});
    if (!made)
        return made.error();
    ScriptAnswer out;
    if (const QJSValue status = made->property(QStringLiteral("status")); status.isNumber())
        out.status = status.toInt();
    if (const QJSValue delay = made->property(QStringLiteral("delay")); delay.isString()) {
        const auto time = parseDuration(delay.toString().toStdString());
        if (!time)
            return Error{ErrorCode::Invalid, "delay: " + time.error().message, {}};
        if (*time > kLongestDelay)
            return Error{
                ErrorCode::Invalid, "delay: an answer is kept back for an hour at most", {}};
        out.delay = *time;
    }
    const QJSValue headers = made->property(QStringLiteral("headers"));
    const quint32 count = headers.property(QStringLiteral("length")).toUInt();
    for (quint32 i = 0; i < count; ++i) {
        const QJSValue line = headers.property(i);
        out.headers.push_back({line.property(0U).toString().toStdString(),
                               line.property(1U).toString().toStdString()});
    }
    out.defaultType = made->property(QStringLiteral("type")).isString()
                          ? made->property(QStringLiteral("type")).toString().toStdString()
                          : std::string();
    if (const QJSValue text = made->property(QStringLiteral("text")); text.isString())
        out.body = text.toString().toStdString();
    else if (const QJSValue bytes = made->property(QStringLiteral("bytes")); bytes.isObject())
        out.body = qjsvalue_cast<QByteArray>(bytes).toStdString();
    return out;
}

Result<std::vector<std::string>> ScriptEngine::functions(const ScriptText &script)
{
    const auto file = compile(script);
    if (!file)
        return file.error();
    const auto made = run("functions", {*file});
    if (!made)
        return made.error();
    std::vector<std::string> out;
    for (const QString &name : made->toString().split(u'\n', Qt::SkipEmptyParts))
        out.push_back(name.toStdString());
    return out;
}

Result<handlebars::Value> ScriptEngine::call(const ScriptText &script, const ScriptCall &call,
                                             handlebars::RenderScope &scope)
{
    const Attached attached(m_bridge, &scope);
    const auto file = compile(script);
    if (!file)
        return file.error();
    QJSValueList arguments{*file, QJSValue(toQt(call.function)), json(call.arguments),
                           json(call.options)};
    if (call.block)
        arguments << QJSValue(toQt(*call.block)) << QJSValue(toQt(call.inverse));
    const auto made = run("call", arguments);
    return made ? valueOf(*made) : Result<handlebars::Value>(made.error());
}

Result<handlebars::Value> ScriptEngine::fake(std::string_view method, const JsonArray &arguments,
                                             std::string_view locale,
                                             handlebars::RenderScope &scope)
{
    const Attached attached(m_bridge, &scope);
    const QString language = locale.empty() ? QStringLiteral("en") : toQt(locale);
    const auto made = run("fake", {QJSValue(toQt(method)), json(arguments), QJSValue(language)});
    if (!made)
        return made.error();
    const QJSValue date = made->property(QStringLiteral("date"));
    if (!date.isUndefined())
        return handlebars::Value(handlebars::Instant{
            std::chrono::milliseconds(static_cast<std::int64_t>(date.toNumber()))});
    return valueOf(made->property(QStringLiteral("json")));
}

} // namespace understudy
