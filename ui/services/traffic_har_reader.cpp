// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_har_reader.h"

#include "core/formats/har/entry_stream.h"
#include "core/formats/recorded/fields.h"
#include "ui/services/text.h"
#include "ui/services/traffic_har_exchange.h"

#include <QCoreApplication>
#include <QIODevice>

#include <algorithm>

namespace understudy::ui {

using formats::har::EntryStream;
using formats::har::StreamedPart;

namespace {

QString readerText(const char *text) { return QCoreApplication::translate("HarReader", text); }

class HarReader
{
public:
    HarReader(const QString &name, Journal &journal)
        : m_file(toStd(name))
        , m_journal(journal)
        , m_exchanges(journal.limits().bodyBytes)
    {}

    void take(const StreamedPart &part)
    {
        if (!part.problem.empty()) {
            leave(part, toQString(part.problem));
            return;
        }
        const auto entry = formats::har::readRecorded(part.tree);
        QStringList remarks;
        const auto exchange
            = entry ? m_exchanges.make(*entry, formats::recorded::mapOf(&part.tree, "_understudy"),
                                       remarks)
                    : nullptr;
        if (!exchange) {
            leave(part,
                  entry ? remarks.join(QStringLiteral("; ")) : toQString(entry.error().message));
            return;
        }
        m_journal.append(exchange);
        ++m_reading.entries;
        if (part.isRepaired)
            remarks << readerText("bytes that are not UTF-8 are replaced");
        for (const QString &remark : std::as_const(remarks))
            say(Severity::Note, part, remark);
    }

    HarReading finish(const EntryStream &stream, const QString &failure)
    {
        if (!failure.isEmpty())
            m_reading.error = failure;
        else if (m_reading.entries == 0 && m_reading.left == 0)
            m_reading.error = stream.hasList()
                                  ? readerText("the list of entries in this HAR is empty")
                                  : readerText("this is no HAR: a HAR is an object with 'log', "
                                               "which has the list 'entries'");
        else if (m_reading.entries == 0)
            m_reading.error = readerText("no entry of this HAR could be read");
        return std::move(m_reading);
    }

private:
    void leave(const StreamedPart &part, const QString &why)
    {
        ++m_reading.left;
        say(Severity::Warning, part, readerText("left out: %1").arg(why));
    }

    void say(Severity severity, const StreamedPart &part, const QString &text)
    {
        if (m_reading.problems.size() >= HarReading::kMostProblems) {
            ++m_reading.moreProblems;
            return;
        }
        m_reading.problems.push_back(
            {severity, {ErrorCode::Invalid, toStd(text), {m_file, part.at.line, part.at.column}}});
    }

    std::string m_file;
    Journal &m_journal;
    HarExchanges m_exchanges;
    HarReading m_reading;
};

} // namespace

HarReading readHar(QIODevice &file, const QString &name, Journal &journal, HarProgress &progress)
{
    QString failure;
    const qint64 size = std::max<qint64>(1, file.size());
    EntryStream stream([&](char *to, std::size_t most) -> std::size_t {
        const qint64 got = progress.isStopped ? 0 : file.read(to, static_cast<qint64>(most));
        if (got < 0)
            failure = file.errorString();
        return static_cast<std::size_t>(std::max<qint64>(0, got));
    });
    HarReader reader(name, journal);
    while (const auto part = stream.next()) {
        if (progress.isStopped)
            break;
        reader.take(*part);
        progress.percent = static_cast<int>(
            std::min<qint64>(99, static_cast<qint64>(stream.bytesRead()) * 100 / size));
    }
    return reader.finish(stream, failure);
}

} // namespace understudy::ui
