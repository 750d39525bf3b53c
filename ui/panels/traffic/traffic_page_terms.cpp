// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/traffic/traffic_page_terms.h"

namespace understudy::ui {

QStringList filterTerms(const QString &text)
{
    QStringList out;
    QString term;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isSpace() && !isQuoted) {
            if (!term.isEmpty())
                out << term;
            term.clear();
            continue;
        }
        if (isQuoted && c == u'\\' && i + 1 < text.size())
            term += text[i++];
        else if (c == u'"')
            isQuoted = !isQuoted;
        term += text[i];
    }
    if (!term.isEmpty())
        out << term;
    return out;
}

bool hasTerm(const QString &text, const QString &term)
{
    return filterTerms(text).contains(term, Qt::CaseInsensitive);
}

QString withTerm(const QString &text, const QString &term)
{
    const QString before = text.trimmed();
    if (before.isEmpty())
        return term;
    // OR binds weaker than standing side by side.
    if (filterTerms(before).contains(QStringLiteral("OR")))
        return QStringLiteral("(%1) %2").arg(before, term);
    return before + u' ' + term;
}

QString withoutTerm(const QString &text, const QString &term)
{
    QStringList terms = filterTerms(text);
    terms.removeIf(
        [&term](const QString &each) { return each.compare(term, Qt::CaseInsensitive) == 0; });
    const QString out = terms.join(u' ');
    // The parentheses that withTerm may have set are of no use any more.
    const bool isWrapped = out.startsWith(u'(') && out.endsWith(u')') && out.indexOf(u'(', 1) < 0
                           && out.count(u')') == 1;
    return isWrapped ? out.mid(1, out.size() - 2) : out;
}

} // namespace understudy::ui
