// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/settings_dialog.h"

#include "ui/dialogs/redaction_settings.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace understudy::ui {

namespace {

QLabel *mutedNote(const QString &text)
{
    auto *note = new QLabel(text);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    return note;
}

/// All the words of a page, for the search.
QString wordsOf(const QWidget &page)
{
    QStringList words;
    for (const QLabel *label : page.findChildren<QLabel *>())
        words << label->text();
    for (const QWidget *widget : page.findChildren<QWidget *>())
        words << widget->accessibleName();
    for (const QComboBox *combo : page.findChildren<QComboBox *>()) {
        for (int i = 0; i < combo->count(); ++i)
            words << combo->itemText(i);
    }
    return words.join(' ');
}

} // namespace

SettingsDialog::SettingsDialog(ThemeChoice theme, const TrafficLimits &limits,
                               const TrafficRedaction &redaction, QWidget *parent)
    : QDialog(parent)
    , m_search(new QLineEdit)
    , m_list(new QListWidget)
    , m_pages(new QStackedWidget)
    , m_memory(new QSpinBox)
    , m_rows(new QSpinBox)
    , m_usage(mutedNote({}))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    m_search->setObjectName(QStringLiteral("settingsSearchEdit"));
    m_search->setAccessibleName(tr("Search the settings"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("settingsPageList"));
    m_list->setAccessibleName(tr("Pages"));
    m_pages->setObjectName(QStringLiteral("settingsPages"));
    const int unit = fontMetrics().horizontalAdvance('x');
    m_search->setFixedWidth(unit * 24);
    m_list->setFixedWidth(unit * 24);
    addPage(tr("Appearance"), makeAppearance(theme));
    addPage(tr("Limits"), makeLimits(limits));
    auto *secrets = new RedactionSettings(redaction);
    connect(secrets, &RedactionSettings::chosen, this, &SettingsDialog::redactionChosen);
    addPage(tr("Redaction"), secrets);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *side = new QVBoxLayout;
    side->addWidget(m_search);
    side->addWidget(m_list, 1);
    auto *body = new QHBoxLayout;
    body->addLayout(side);
    body->addWidget(m_pages, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(body, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::search);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_list->setCurrentRow(0);
    m_list->setFocus();
    // Return belongs to the field that is being edited.
    for (QAbstractButton *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(false);
    resize(unit * 92, fontMetrics().height() * 20);
}

void SettingsDialog::addPage(const QString &title, QWidget *page)
{
    page->setAccessibleName(title);
    m_list->addItem(title);
    m_pages->addWidget(page);
}

QWidget *SettingsDialog::makeAppearance(ThemeChoice theme)
{
    auto *page = new QWidget;
    page->setObjectName(QStringLiteral("appearanceSettings"));
    auto *combo = new QComboBox;
    combo->setObjectName(QStringLiteral("themeCombo"));
    combo->setAccessibleName(tr("Theme"));
    combo->addItem(tr("System"), static_cast<int>(ThemeChoice::System));
    combo->addItem(tr("Light"), static_cast<int>(ThemeChoice::Light));
    combo->addItem(tr("Dark"), static_cast<int>(ThemeChoice::Dark));
    combo->addItem(tr("High contrast"), static_cast<int>(ThemeChoice::HighContrast));
    combo->setCurrentIndex(combo->findData(static_cast<int>(theme)));
    connect(combo, &QComboBox::activated, this, [this, combo] {
        Q_EMIT themeChosen(static_cast<ThemeChoice>(combo->currentData().toInt()));
    });
    auto *form = new QFormLayout(page);
    form->addRow(tr("Theme"), combo);
    return page;
}

QWidget *SettingsDialog::makeLimits(const TrafficLimits &limits)
{
    auto *page = new QWidget;
    page->setObjectName(QStringLiteral("limitsSettings"));
    const auto setUp = [this](QSpinBox *spin, const char *name, const QString &accessible) {
        spin->setObjectName(QString::fromLatin1(name));
        spin->setAccessibleName(accessible);
        spin->setGroupSeparatorShown(true);
        // Half a number would throw most of the traffic away.
        spin->setKeyboardTracking(false);
        connect(spin, &QSpinBox::valueChanged, this, [this] {
            Q_EMIT trafficLimitsChosen({m_memory->value(), m_rows->value()});
        });
    };
    m_memory->setRange(TrafficLimits::kLeastMegabytes, TrafficLimits::kMostMegabytes);
    m_memory->setSingleStep(64);
    m_memory->setSuffix(tr(" MB"));
    m_memory->setValue(limits.megabytes);
    setUp(m_memory, "limitsMemorySpin", tr("Most memory for traffic"));
    m_rows->setRange(TrafficLimits::kLeastRows, TrafficLimits::kMostRows);
    m_rows->setSingleStep(10'000);
    m_rows->setValue(limits.rows);
    setUp(m_rows, "limitsRowsSpin", tr("Most rows of traffic"));
    m_usage->setObjectName(QStringLiteral("limitsUsageLabel"));
    m_usage->setAccessibleName(tr("In use"));
    auto *form = new QFormLayout(page);
    form->addRow(tr("Memory for traffic"), m_memory);
    form->addRow(tr("Rows of traffic"), m_rows);
    form->addRow(m_usage);
    form->addRow(mutedNote(tr("When a limit is reached, the oldest bodies go first, then the "
                              "oldest rows. Pinned rows stay.")));
    return page;
}

void SettingsDialog::showUsage(qint64 bytes, qint64 rows)
{
    const QLocale locale;
    const QString memory = locale.formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
    m_usage->setText(rows == 1 ? tr("In use: %1, 1 row").arg(memory)
                               : tr("In use: %1, %2 rows").arg(memory, locale.toString(rows)));
}

void SettingsDialog::search(const QString &text)
{
    const QStringList words = text.simplified().split(' ', Qt::SkipEmptyParts);
    int first = -1;
    for (int row = 0; row < m_list->count(); ++row) {
        const QString all = m_list->item(row)->text() + ' ' + wordsOf(*m_pages->widget(row));
        const bool isHit = std::all_of(words.begin(), words.end(), [&](const QString &word) {
            return all.contains(word, Qt::CaseInsensitive);
        });
        m_list->item(row)->setHidden(!isHit);
        if (isHit && (first < 0 || row == m_list->currentRow()))
            first = row;
    }
    m_pages->setVisible(first >= 0);
    m_list->setCurrentRow(first);
}

} // namespace understudy::ui
