// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/problems_model.h"

#include "core/model/validate.h"
#include "core/runtime/authority.h"
#include "ui/models/rules_model.h"
#include "ui/services/json_check.h"
#include "ui/services/plain_text.h"
#include "ui/services/runtime_controller.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"
#include "ui/widgets/body_editor.h"

#include <QApplication>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>

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

    std::vector<ProblemItem> run()
    {
        for (const Finding &finding : validate(m_server))
            add(finding);
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) {
            for (const Response &response : visit.endpoint.responses) {
                checkBody(visit.endpoint, response);
                if (response.when)
                    checkRule(visit.endpoint, response, *response.when);
            }
        });
        return std::move(m_items);
    }

private:
    ProblemItem item(const Endpoint *endpoint, const Response *response, const QString &field) const
    {
        ProblemItem result;
        result.server = toQString(m_server.name);
        result.where = endpoint ? ObjectRef::endpoint(m_id, toQString(endpoint->id))
                                : ObjectRef::server(m_id);
        result.where.field = field;
        if (endpoint)
            result.object = toQString(endpointLabel(*endpoint));
        if (response) {
            result.where.responseId = toQString(response->id);
            result.object += QStringLiteral(" › ") + toQString(responseLabel(*response));
        }
        return result;
    }

    void add(const Finding &finding)
    {
        const Endpoint *endpoint
            = finding.endpointId.empty() ? nullptr : findEndpoint(m_server, finding.endpointId);
        const Response *response = nullptr;
        if (endpoint) {
            for (const Response &candidate : endpoint->responses) {
                if (!finding.responseId.empty() && candidate.id == finding.responseId)
                    response = &candidate;
            }
        }
        ProblemItem found = item(endpoint, response, toQString(finding.field));
        const Item *place = finding.folder.empty() ? nullptr : itemAt(m_server, finding.folder);
        if (place && place->folder()) {
            found.where = ObjectRef::folder(m_id, finding.folder);
            found.where.field = toQString(finding.field);
            found.object = toQString(place->folder()->name);
        }
        found.severity = finding.severity;
        found.text = toQString(finding.message);
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
        ProblemItem found = item(&endpoint, &response, QStringLiteral("body"));
        found.severity = Severity::Warning;
        found.where.line = check.line;
        found.where.column = check.column;
        found.text = ProblemsModel::tr("The body is not JSON: line %1, column %2: %3")
                         .arg(check.line)
                         .arg(check.column)
                         .arg(check.message);
        m_items.push_back(std::move(found));
    }

    void checkRule(const Endpoint &endpoint, const Response &response, const Rule &rule)
    {
        if (const auto *group = std::get_if<RuleGroup>(&rule.node)) {
            for (const Rule &child : group->rules)
                checkRule(endpoint, response, child);
            return;
        }
        const auto &leaf = std::get<RuleLeaf>(rule.node);
        for (const Condition &condition : leaf.conditions) {
            const QString problem = conditionProblem(condition);
            if (problem.isEmpty())
                continue;
            ProblemItem found = item(&endpoint, &response, QStringLiteral("when"));
            found.text = ProblemsModel::tr("The rule on %1 is off: %2")
                             .arg(toQString(ruleTargetText(leaf.target)), problem);
            m_items.push_back(std::move(found));
        }
    }

    QString m_id;
    const Server &m_server;
    std::vector<ProblemItem> m_items;
};

bool hasTlsProblem(const std::vector<ProblemItem> &items)
{
    return std::any_of(items.begin(), items.end(), [](const ProblemItem &item) {
        return item.where.field == QLatin1String("listen.tls");
    });
}

} // namespace

std::vector<ProblemItem> collectProblems(const QString &serverId, const Server &server)
{
    return ProblemCollector(serverId, server).run();
}

std::optional<ProblemItem> tlsProblem(const QString &serverId, const Server &server,
                                      const QString &folder,
                                      const std::filesystem::path &authorityFolder)
{
    if (!server.listen.tls)
        return std::nullopt;
    const auto checked
        = checkTls(*server.listen.tls, std::filesystem::path(folder.toStdU16String()),
                   authorityFolder, std::chrono::system_clock::now());
    if (checked)
        return std::nullopt;
    ObjectRef where = ObjectRef::server(serverId);
    where.field = QStringLiteral("listen.tls");
    return ProblemItem{Severity::Error, toQString(server.name), ProblemsModel::tr("TLS"),
                       toQString(checked.error().text()), where};
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
    connect(&m_again, &QTimer::timeout, this, [this] {
        for (auto found = m_found.cbegin(); found != m_found.cend(); ++found) {
            if (hasTlsProblem(*found))
                schedule(found.key());
        }
    });
    connect(&workspace, &WorkspaceDocument::serverAdded, this, &ProblemsModel::schedule);
    connect(&workspace, &WorkspaceDocument::serverChanged, this, &ProblemsModel::schedule);
    connect(&workspace, &WorkspaceDocument::serverStateChanged, this, &ProblemsModel::rebuild);
    connect(&runtime, &RuntimeController::stateChanged, this, &ProblemsModel::rebuild);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, [this](const QString &id) {
        m_found.remove(id);
        m_waiting.remove(id);
        rebuild();
    });
    for (const auto &document : workspace.servers())
        schedule(document->id);
}

ProblemsModel::~ProblemsModel() = default;

void ProblemsModel::schedule(const QString &serverId)
{
    m_waiting.insert(serverId);
    m_timer.start();
}

void ProblemsModel::collectWaiting()
{
    for (const QString &id : std::exchange(m_waiting, {})) {
        const ServerDocument *document = m_workspace.find(id);
        if (!document || !document->value) {
            m_found.remove(id);
            rebuild();
            continue;
        }
        auto *watcher = new QFutureWatcher<std::vector<ProblemItem>>(this);
        connect(watcher, &QFutureWatcherBase::finished, this,
                [this, watcher, id, value = document->value] {
                    watcher->deleteLater();
                    const ServerDocument *now = m_workspace.find(id);
                    if (!now || now->value != value)
                        return; // a newer look is on its way
                    m_found[id] = watcher->result();
                    rebuild();
                });
        watcher->setFuture(QtConcurrent::run([id, value = document->value,
                                              folder = QFileInfo(document->file).absolutePath(),
                                              authority = m_runtime.authorityFolder()] {
            std::vector<ProblemItem> items = collectProblems(id, *value);
            if (auto tls = tlsProblem(id, *value, folder, authority))
                items.insert(items.begin(), std::move(*tls));
            return items;
        }));
    }
}

void ProblemsModel::rebuild()
{
    std::vector<ProblemItem> rows;
    for (const auto &document : m_workspace.servers()) {
        const QString name = document->value ? toQString(document->value->name) : document->id;
        for (const Problem &problem : document->problems) {
            ProblemItem item{problem.severity, name, QFileInfo(document->file).fileName(),
                             toQString(problem.error.message), ObjectRef::server(document->id)};
            if (problem.error.where.line > 0)
                item.text = tr("Line %1: %2").arg(problem.error.where.line).arg(item.text);
            rows.push_back(std::move(item));
        }
        if (document->isRemoved || !document->saveError.isEmpty()) {
            rows.push_back({Severity::Error, name, QFileInfo(document->file).fileName(),
                            document->isRemoved ? document->problemText()
                                                : tr("Not saved: %1").arg(document->saveError),
                            ObjectRef::server(document->id)});
        }
        if (document->isBroken())
            continue;
        const auto found = m_found.constFind(document->id);
        // A server that does not start because of its certificate has said so already.
        const bool isKnown = found != m_found.constEnd() && hasTlsProblem(*found);
        if (isKnown && !m_again.isActive())
            m_again.start();
        if (const QString problem = m_runtime.problem(document->id);
            !problem.isEmpty() && !document->isRemoved && !isKnown) {
            ObjectRef where = ObjectRef::server(document->id);
            where.field = QStringLiteral("port");
            rows.push_back({Severity::Error, name, {}, problem, where});
        }
        if (found != m_found.constEnd())
            rows.insert(rows.end(), found->begin(), found->end());
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
        return plainToolTip(item.text);
    case Qt::AccessibleTextRole:
        return QStringList{word, item.server, item.object, item.text}.join(QStringLiteral(", "));
    case Qt::ForegroundRole:
        if (index.column() != SeverityColumn)
            return {};
        return roleColor(item.severity == Severity::Error     ? ColorRole::Error
                         : item.severity == Severity::Warning ? ColorRole::Warning
                                                              : ColorRole::Muted,
                         QApplication::palette());
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
