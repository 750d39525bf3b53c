// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/problems_model.h"

#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "ui/document/runtime_controller.h"
#include "ui/document/save_question.h"
#include "ui/services/body_language.h"
#include "ui/services/json_check.h"
#include "ui/services/outside_files.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QtConcurrent>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace understudy::ui {

namespace {

/// Collects for one server; the endpoint at hand is kept while its responses are looked at.
class ProblemCollector
{
public:
    ProblemCollector(const QString &serverId, const Server &server)
        : m_id(serverId)
        , m_server(server)
    {}

    std::vector<ProblemItem> run(const FindingsOptions &options, const std::string &text)
    {
        const std::vector<Finding> findings = findAll(m_server, options);
        std::vector<Place> places(findings.size());
        if (!text.empty())
            places = formats::native::locate(text, {}, findings);
        for (std::size_t i = 0; i < findings.size(); ++i)
            add(findings[i], places[i]);
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) {
            for (const Response &response : visit.endpoint.responses)
                checkBody(visit.endpoint, response);
        });
        return std::move(m_items);
    }

private:
    void add(const Finding &finding, Place place)
    {
        ProblemItem found;
        found.severity = finding.severity;
        found.server = toQString(m_server.name);
        found.object = toQString(findingOwner(m_server, finding));
        found.text = toQString(finding.message);
        found.where = !finding.folder.empty() ? ObjectRef::folder(m_id, finding.folder)
                      : finding.endpointId.empty()
                          ? ObjectRef::server(m_id)
                          : ObjectRef::endpoint(m_id, toQString(finding.endpointId));
        if (!finding.endpointId.empty())
            found.where.responseId = toQString(finding.responseId);
        // Behind a colon stands which of the rules it is.
        found.where.field = toQString(finding.field).section(QLatin1Char(':'), 0, 0);
        found.place = std::move(place);
        found.isOutside = finding.isOutside;
        if (found.where.field == QLatin1String("listen.tls"))
            found.object = ProblemsModel::tr("TLS");
        m_items.push_back(std::move(found));
    }

    void checkBody(const Endpoint &endpoint, const Response &response)
    {
        if (response.body.kind != Body::Kind::Text || response.body.content.empty())
            return;
        const http::HeaderField *type = http::findHeader(response.headers, "Content-Type");
        if (!type)
            type = http::findHeader(m_server.headers, "Content-Type");
        const auto text = QByteArray::fromRawData(
            response.body.content.data(), static_cast<qsizetype>(response.body.content.size()));
        if (languageFor(type ? toQString(type->value) : QString(), text) != BodyLanguage::Json)
            return;
        const JsonCheck check = checkJson(text, response.isTemplate);
        if (check.isValid)
            return;
        ProblemItem found;
        found.server = toQString(m_server.name);
        found.object = toQString(endpointLabel(endpoint) + " › " + responseLabel(response));
        found.where = ObjectRef::endpoint(m_id, toQString(endpoint.id));
        found.where.responseId = toQString(response.id);
        found.where.field = QStringLiteral("body");
        found.severity = Severity::Warning;
        found.where.line = check.line;
        found.where.column = check.column;
        found.text = ProblemsModel::tr("The body is not JSON: line %1, column %2: %3")
                         .arg(check.line)
                         .arg(check.column)
                         .arg(check.message);
        m_items.push_back(std::move(found));
    }

    QString m_id;
    const Server &m_server;
    std::vector<ProblemItem> m_items;
};

bool looksOutside(const std::vector<ProblemItem> &items)
{
    return std::any_of(items.begin(), items.end(),
                       [](const ProblemItem &item) { return item.isOutside; });
}

bool hasTlsProblem(const std::vector<ProblemItem> &items)
{
    return std::any_of(items.begin(), items.end(), [](const ProblemItem &item) {
        return item.where.field == QLatin1String("listen.tls");
    });
}

} // namespace

std::vector<ProblemItem> collectProblems(const QString &serverId, const Server &server,
                                         const FindingsOptions &options, const std::string &text)
{
    return ProblemCollector(serverId, server).run(options, text);
}

ProblemsModel::ProblemsModel(WorkspaceDocument &workspace, RuntimeController &runtime,
                             QObject *parent)
    : QAbstractTableModel(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(400);
    connect(&m_timer, &QTimer::timeout, this, &ProblemsModel::collectWaiting);
    m_again.setSingleShot(true);
    m_again.setInterval(2000);
    connect(&m_again, &QTimer::timeout, this, &ProblemsModel::lookOutside);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive)
                    scheduleAll();
            });
    connect(&workspace, &WorkspaceDocument::serverAdded, this, &ProblemsModel::schedule);
    connect(&workspace, &WorkspaceDocument::serverChanged, this, &ProblemsModel::schedule);
    connect(&workspace, &WorkspaceDocument::serverStateChanged, this, &ProblemsModel::rebuild);
    connect(&workspace, &WorkspaceDocument::saveStateChanged, this, &ProblemsModel::rebuild);
    connect(&runtime, &RuntimeController::stateChanged, this, &ProblemsModel::rebuild);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, [this](const QString &id) {
        m_found.remove(id);
        m_waiting.remove(id);
        rebuild();
    });
    scheduleAll();
}

ProblemsModel::~ProblemsModel() = default;

void ProblemsModel::schedule(const QString &serverId)
{
    m_waiting.insert(serverId);
    m_timer.start();
}

void ProblemsModel::setUnsaved(const QString &text)
{
    m_unsaved = text;
    rebuild();
}

void ProblemsModel::scheduleAll()
{
    for (const auto &document : m_workspace.servers())
        schedule(document->id);
}

void ProblemsModel::collectWaiting()
{
    for (const QString &id : std::exchange(m_waiting, {})) {
        const ServerDocument *document = m_workspace.find(id);
        if (!document || !document->value) {
            m_found.remove(id);
            rebuild();
        } else if (m_running.contains(id)) {
            m_waiting.insert(id); // when that one is done
        } else {
            collect(id, *document);
        }
    }
}

void ProblemsModel::collect(const QString &id, const ServerDocument &document)
{
    m_running.insert(id);
    auto *watcher = new QFutureWatcher<Found>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, id, value = document.value] {
                watcher->deleteLater();
                m_running.remove(id);
                if (!m_waiting.isEmpty())
                    m_timer.start();
                const ServerDocument *now = m_workspace.find(id);
                if (!now || now->value != value)
                    return; // a newer look is on its way
                m_found[id] = watcher->result();
                rebuild();
            });
    const QString folder = QFileInfo(document.file).absolutePath();
    const bool isAsRead = document.value == document.saved;
    watcher->setFuture(QtConcurrent::run(
        [id, value = document.value, text = isAsRead ? document.text : std::string(),
         options = m_runtime.workbench().findingsOptions(toPath(folder))] {
            Found found;
            found.outside = outsideFilesState(*value, options.folder);
            found.items = collectProblems(id, *value, options, text);
            return found;
        }));
}

void ProblemsModel::lookOutside()
{
    struct Look
    {
        QString id;
        ServerValue value;
        std::filesystem::path folder;
        std::string before;
    };
    std::vector<Look> looks;
    for (auto found = m_found.cbegin(); found != m_found.cend(); ++found) {
        const ServerDocument *document = m_workspace.find(found.key());
        if (looksOutside(found->items))
            schedule(found.key()); // also what no time of a file tells, such as rights
        else if (document && document->value && !found->outside.empty())
            looks.push_back({found.key(), document->value,
                             toPath(QFileInfo(document->file).absolutePath()), found->outside});
    }
    if (looks.empty())
        return;
    auto *watcher = new QFutureWatcher<QStringList>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        for (const QString &id : watcher->result())
            schedule(id);
        m_again.start();
    });
    watcher->setFuture(QtConcurrent::run([looks = std::move(looks)] {
        QStringList changed;
        for (const Look &look : looks) {
            if (outsideFilesState(*look.value, look.folder) != look.before)
                changed << look.id;
        }
        return changed;
    }));
}

void ProblemsModel::rebuild()
{
    std::vector<ProblemItem> rows;
    if (!m_unsaved.isEmpty()) {
        ObjectRef where;
        where.field = QLatin1String(kUnsavedField);
        rows.push_back({Severity::Warning, {}, {}, m_unsaved, where});
    }
    for (const auto &document : m_workspace.servers()) {
        const QString name = document->value ? toQString(document->value->name) : document->id;
        for (const Problem &problem : document->problems) {
            ProblemItem item{problem.severity, name, QFileInfo(document->file).fileName(),
                             toQString(problem.error.message), ObjectRef::server(document->id)};
            if (problem.error.where.line > 0)
                item.text = tr("Line %1: %2").arg(problem.error.where.line).arg(item.text);
            rows.push_back(std::move(item));
        }
        if (const SaveQuestion question = saveQuestion(m_workspace, document->id);
            question.isValid()) {
            ObjectRef where = ObjectRef::server(document->id);
            where.field = QLatin1String(kFileField);
            rows.push_back({Severity::Error, name, QFileInfo(document->file).fileName(),
                            question.text, where});
        }
        if (document->isBroken())
            continue;
        const auto found = m_found.constFind(document->id);
        // A server that does not start because of its certificate has said so already.
        const bool isKnown = found != m_found.constEnd() && hasTlsProblem(found->items);
        if (found != m_found.constEnd() && (!found->outside.empty() || looksOutside(found->items))
            && !m_again.isActive())
            m_again.start();
        if (const QString problem = m_runtime.problem(document->id);
            !problem.isEmpty() && !document->isRemoved && !isKnown) {
            ObjectRef where = ObjectRef::server(document->id);
            where.field = QStringLiteral("port");
            rows.push_back({Severity::Error, name, {}, problem, where});
        }
        if (found != m_found.constEnd())
            rows.insert(rows.end(), found->items.begin(), found->items.end());
    }
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    Q_EMIT countChanged(static_cast<int>(m_rows.size()));
}

ObjectRef ProblemsModel::refAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].where : ObjectRef{};
}

std::vector<ProblemItem> ProblemsModel::findingsOf(const QString &serverId) const
{
    std::vector<ProblemItem> out;
    const auto found = m_found.constFind(serverId);
    if (found == m_found.constEnd())
        return out;
    std::copy_if(found->items.begin(), found->items.end(), std::back_inserter(out),
                 [](const ProblemItem &item) { return item.severity != Severity::Note; });
    return out;
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProblemsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ProblemItem &item = m_rows[static_cast<std::size_t>(index.row())];
    const QStringList words{tr("Note"), tr("Warning"), tr("Error")};
    const QString word = words.value(static_cast<int>(item.severity));
    switch (role) {
    case SeverityRole:
        return static_cast<int>(item.severity);
    case ObjectIdRole:
        return item.where.endpointId.isEmpty() ? item.where.serverId : item.where.endpointId;
    case FieldRole:
        return item.where.field;
    case Qt::ToolTipRole:
        return plainToolTip(item.place.line > 0
                                ? tr("Line %1: %2").arg(item.place.line).arg(item.text)
                                : item.text);
    case Qt::AccessibleTextRole:
        return QStringList{word, item.server, item.object, item.text}.join(QStringLiteral(", "));
    case Qt::ForegroundRole:
        if (index.column() != SeverityColumn)
            return {};
        return roleColor(item.severity == Severity::Error     ? ColorRole::Error
                         : item.severity == Severity::Warning ? ColorRole::Warning
                                                              : ColorRole::Muted,
                         QGuiApplication::palette());
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case SeverityColumn:
        return (item.severity == Severity::Error     ? QStringLiteral("✕ ")
                : item.severity == Severity::Warning ? QStringLiteral("! ")
                                                     : QStringLiteral("i "))
               + word;
    case ServerColumn:
        return item.server;
    case ObjectColumn:
        return item.object;
    case TextColumn:
        return item.text;
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Severity"), tr("Server"), tr("Object"), tr("Problem")}.value(section);
}

} // namespace understudy::ui
