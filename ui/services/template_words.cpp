// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/template_words.h"

#include "core/model/edit.h"
#include "core/template/dialects.h"
#include "core/template/faker/faker.h"
#include "core/template/native/variables.h"
#include "core/template/wiremock/variables.h"
#include "ui/services/text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr qsizetype kMostWords = 200;

QString inWords(const char *text) { return QCoreApplication::translate("TemplateWords", text); }

QString sentence(std::string_view arguments, std::string_view text)
{
    const QString said = toQString(text);
    return arguments.empty() ? said : toQString(arguments) + QStringLiteral(" – ") + said;
}

/// As a part of a path: in brackets where it is no plain name.
QString asPart(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral(R"(^[A-Za-z_][\w-]*$)"));
    return plain.match(name).hasMatch() ? name : u'[' + name + u']';
}

/// The names of our own dialect; those with parts end with the dot before them.
QList<TemplateWord> ownNames(const TemplateNames &names)
{
    static const QSet<QString> kWithParts{QStringLiteral("path"),   QStringLiteral("query"),
                                          QStringLiteral("header"), QStringLiteral("cookie"),
                                          QStringLiteral("form"),   QStringLiteral("bucket"),
                                          QStringLiteral("state"),  QStringLiteral("env")};
    QList<TemplateWord> out; // what this server has first
    for (const QString &name : names.pathParameters)
        out.append({QStringLiteral("path.") + asPart(name), inWords("a parameter of the path")});
    for (const QString &name : names.buckets)
        out.append({QStringLiteral("bucket.") + asPart(name), inWords("a bucket")});
    for (const QString &name : names.scenarios)
        out.append({QStringLiteral("state.") + asPart(name), inWords("the state of a scenario")});
    for (const std::string_view variable : native::variableNames()) {
        const QString name = toQString(variable);
        out.append({kWithParts.contains(name) ? name + u'.' : name, inWords("of the request")});
    }
    return out;
}

QList<TemplateWord> variablesOf(const TemplateNames &names)
{
    QList<TemplateWord> out;
    switch (names.dialect) {
    case Dialect::Native:
        return ownNames(names);
    case Dialect::Mockoon:
        for (const QString &name : names.pathParameters)
            out.append(
                {QStringLiteral("urlParam '%1'").arg(name), inWords("a parameter of the path")});
        for (const QString &name : names.buckets)
            out.append({QStringLiteral("data '%1'").arg(name), inWords("a bucket")});
        break;
    case Dialect::WireMock:
        for (const std::string &name : wiremock::variableNames())
            out.append({toQString(name), inWords("of the request")});
        for (const QString &name : names.pathParameters)
            out.append(
                {QStringLiteral("request.path.") + name, inWords("a parameter of the path")});
        break;
    }
    return out;
}

QList<TemplateWord> helpersOf(Dialect dialect)
{
    QList<TemplateWord> out;
    for (const handlebars::Helper *helper : templateOptions(dialect).helpers->rows())
        out.append({toQString(helper->name), sentence(helper->arguments, helper->text)});
    return out;
}

QList<TemplateWord> plainWords(const QStringList &words, const QString &hint)
{
    QList<TemplateWord> out;
    for (const QString &word : words)
        out.append({word, hint});
    return out;
}

/// What a helper's first argument, a text, may be.
QList<TemplateWord> argumentsOf(const QString &helper, const TemplateNames &names)
{
    if (helper == QLatin1String("faker")) {
        QStringList methods;
        for (const std::string_view method : faker::methodNames())
            methods << toQString(method);
        methods.sort();
        return plainWords(methods, inWords("invented data"));
    }
    if (QStringList{"data", "dataRaw", "bucket"}.contains(helper))
        return plainWords(names.buckets, inWords("a bucket"));
    if (helper == QLatin1String("urlParam"))
        return plainWords(names.pathParameters, inWords("a parameter of the path"));
    if (helper == QLatin1String("state"))
        return plainWords(names.scenarios, inWords("a scenario"));
    return {};
}

/// Those that begin with what is typed, then those that contain it.
QList<TemplateWord> fitting(const QList<TemplateWord> &words, const QString &typed)
{
    QList<TemplateWord> begin;
    QList<TemplateWord> contain;
    for (const TemplateWord &word : words) {
        if (word.insert == typed)
            continue; // it is there already
        if (word.insert.startsWith(typed, Qt::CaseInsensitive))
            begin.append(word);
        else if (word.insert.contains(typed, Qt::CaseInsensitive))
            contain.append(word);
    }
    begin += contain;
    if (begin.size() > kMostWords)
        begin.resize(kMostWords);
    return begin;
}

} // namespace

TemplateNames templateNames(const Server &server, const Endpoint &endpoint, Dialect dialect)
{
    TemplateNames out;
    out.dialect = dialect;
    static const QRegularExpression parameter(QStringLiteral(R"(\{([A-Za-z_][\w-]*)\*?\})"));
    for (auto found = parameter.globalMatch(toQString(endpoint.path)); found.hasNext();)
        out.pathParameters << found.next().captured(1);
    for (const Bucket &bucket : server.buckets)
        out.buckets << toQString(bucket.name);
    QSet<QString> scenarios;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (visit.endpoint.requires_)
            scenarios.insert(toQString(visit.endpoint.requires_->scenario));
        for (const Response &response : visit.endpoint.responses) {
            if (response.sets)
                scenarios.insert(toQString(response.sets->scenario));
        }
    });
    out.scenarios = scenarios.values();
    out.scenarios.sort();
    return out;
}

TemplateSuggestions templateSuggestions(const QString &before, const TemplateNames &names)
{
    const qsizetype open = before.lastIndexOf(QLatin1String("{{"));
    if (open < 0 || before.indexOf(QLatin1String("}}"), open) >= 0)
        return {};
    const QString tag = before.mid(open + 2);
    if (tag.startsWith(u'!') || tag.startsWith(u'/'))
        return {};
    static const QRegularExpression argument(QStringLiteral(R"((\w+)\s+(['"])([^'"]*)$)"));
    if (const auto found = argument.match(tag); found.hasMatch()) {
        // Behind a text that is closed a new one begins with the same sign.
        if (tag.count(found.captured(2)) % 2 == 0)
            return {};
        const QString typed = found.captured(3);
        return {typed.size(), fitting(argumentsOf(found.captured(1), names), typed)};
    }
    if (tag.count(u'\'') % 2 == 1 || tag.count(u'"') % 2 == 1)
        return {};
    static const QRegularExpression word(QStringLiteral(R"([\w.@-]*$)"));
    const QString typed = word.match(tag).captured(0);
    return {typed.size(), fitting(variablesOf(names) + helpersOf(names.dialect), typed)};
}

} // namespace understudy::ui
