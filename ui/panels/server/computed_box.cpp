// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/server/computed_box.h"

#include "ui/services/text.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace understudy::ui {

namespace {

/// "cart: header.X-Test-Run, order: query.run"
QString keysText(const std::vector<Scenario> &scenarios)
{
    QStringList out;
    for (const Scenario &scenario : scenarios) {
        if (scenario.key)
            out.append(toQString(scenario.name) + QStringLiteral(": ")
                       + toQString(ruleTargetText(*scenario.key)));
    }
    return out.join(QStringLiteral(", "));
}

/// The scenarios that a text gives keys to; nothing, and the part that is none in `wrong`.
std::optional<std::vector<Scenario>> keysOf(const QString &text, QString &wrong)
{
    std::vector<Scenario> out;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const qsizetype colon = part.indexOf(u':');
        Scenario scenario;
        scenario.name = toStd(part.left(colon).trimmed());
        scenario.key.emplace();
        if (colon < 0 || scenario.name.empty()
            || !parseRuleTarget(toStd(part.mid(colon + 1).trimmed()), *scenario.key)) {
            wrong = part.trimmed();
            return std::nullopt;
        }
        out.push_back(std::move(scenario));
    }
    return out;
}

} // namespace

ComputedBox::ComputedBox(QWidget *parent)
    : QGroupBox(parent)
    , m_helpers(new QLineEdit)
    , m_locale(new QComboBox)
    , m_keys(new QLineEdit)
    , m_message(new QLabel)
{
    setObjectName(QStringLiteral("computedGroup"));
    setTitle(tr("Templates, scripts and scenarios"));
    m_helpers->setObjectName(QStringLiteral("helpersFileEdit"));
    m_helpers->setAccessibleName(tr("File of helpers"));
    m_helpers->setPlaceholderText(tr("none; e.g. helpers.js"));
    m_helpers->setToolTip(tr("A JavaScript file whose functions templates can call"));
    m_locale->setObjectName(QStringLiteral("localeCombo"));
    m_locale->setAccessibleName(tr("Language of invented data"));
    m_locale->setToolTip(tr("As @faker-js/faker names it"));
    m_locale->setEditable(true);
    m_locale->setInsertPolicy(QComboBox::NoInsert);
    m_locale->addItems({QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("es"),
                        QStringLiteral("fr"), QStringLiteral("it"), QStringLiteral("ja"),
                        QStringLiteral("ko"), QStringLiteral("nl"), QStringLiteral("pl"),
                        QStringLiteral("pt_BR"), QStringLiteral("ru"), QStringLiteral("tr"),
                        QStringLiteral("zh_CN")});
    m_keys->setObjectName(QStringLiteral("scenarioKeysEdit"));
    m_keys->setAccessibleName(tr("Keys of scenarios"));
    m_keys->setPlaceholderText(tr("none; e.g. cart: header.X-Test-Run"));
    m_keys->setToolTip(tr("A scenario with a key has a state for each value of it, so that two "
                          "test runs do not disturb each other"));
    m_message->setObjectName(QStringLiteral("scenarioKeysMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto *browse = new QPushButton(tr("Browse…"));
    browse->setObjectName(QStringLiteral("helpersBrowseButton"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_helpers);
    row->addWidget(browse);
    auto *form = new QFormLayout(this);
    form->addRow(tr("Helpers"), row);
    form->addRow(tr("Language of invented data"), m_locale);
    form->addRow(tr("Keys of scenarios"), m_keys);
    form->addRow(QString(), m_message);

    connect(browse, &QPushButton::clicked, this, &ComputedBox::browse);
    connect(m_helpers, &QLineEdit::editingFinished, this, [this] {
        Q_EMIT edited(
            tr("Helpers"),
            [file = toStd(m_helpers->text().trimmed())](Server &s) { s.helpers = file; },
            QStringLiteral("helpers"));
    });
    const auto setLocale = [this] {
        std::string locale = toStd(m_locale->currentText().trimmed());
        if (locale == "en")
            locale.clear();
        Q_EMIT edited(
            tr("Language of invented data"), [locale](Server &s) { s.locale = locale; },
            QStringLiteral("locale"));
    };
    connect(m_locale, &QComboBox::activated, this, setLocale);
    connect(m_locale->lineEdit(), &QLineEdit::editingFinished, this, setLocale);
    connect(m_keys, &QLineEdit::editingFinished, this, &ComputedBox::applyKeys);
}

void ComputedBox::showServer(const Server &server, const QString &id, const QString &folder)
{
    const bool isOther = id != m_id;
    m_id = id;
    m_folder = folder;
    m_shownKeys = keysText(server.scenarios);
    if (isOther)
        m_message->hide();
    if (isOther || !m_helpers->hasFocus())
        m_helpers->setText(toQString(server.helpers));
    if (isOther || !m_locale->lineEdit()->hasFocus())
        m_locale->setCurrentText(server.locale.empty() ? QStringLiteral("en")
                                                       : toQString(server.locale));
    // What could not be read stays, with the reason.
    if (isOther || (!m_keys->hasFocus() && m_message->isHidden()))
        m_keys->setText(m_shownKeys);
}

void ComputedBox::focusField(const QString &field)
{
    if (field == QLatin1String("locale"))
        m_locale->setFocus();
    else
        (field == QLatin1String("scenarios") ? m_keys : m_helpers)->setFocus();
}

void ComputedBox::applyKeys()
{
    if (m_keys->text() == m_shownKeys) { // nobody has typed, or all of it was taken back
        m_message->hide();
        return;
    }
    QString wrong;
    const auto keys = keysOf(m_keys->text(), wrong);
    m_message->setText(
        tr("“%1” is no key: write scenario: target, as in cart: header.X-Test-Run").arg(wrong));
    m_message->setVisible(!keys);
    if (!keys)
        return;
    Q_EMIT edited(
        tr("Keys of scenarios"),
        [keys = *keys](Server &s) {
            // What else the file says of scenarios stays.
            for (Scenario &before : s.scenarios)
                before.key.reset();
            for (const Scenario &wanted : keys) {
                const auto held = std::find_if(
                    s.scenarios.begin(), s.scenarios.end(),
                    [&](const Scenario &before) { return before.name == wanted.name; });
                if (held != s.scenarios.end())
                    held->key = wanted.key;
                else
                    s.scenarios.push_back(wanted);
            }
            std::erase_if(s.scenarios, [](const Scenario &scenario) {
                return !scenario.key && scenario.extensions.empty();
            });
        },
        QStringLiteral("scenarios"));
}

void ComputedBox::browse()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("File of helpers"), m_folder,
                                                      tr("JavaScript (*.js);;All files (*)"));
    if (!file.isEmpty()) {
        m_helpers->setText(QDir(m_folder).relativeFilePath(file));
        Q_EMIT m_helpers->editingFinished();
    }
}

} // namespace understudy::ui
