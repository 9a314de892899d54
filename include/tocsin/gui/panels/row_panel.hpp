#pragma once

#include "tocsin/gui/panels/panel.hpp"

#include <vector>

namespace tocsin::gui {

class RowList;
class RowSource;

/// A panel that is a list of rows, such as alarms. Keeps the list's current row and the desk's Selection the same.
class RowPanel : public Panel {
    Q_OBJECT
  public:
    using Panel::Panel;
    void takeFocus() override; ///< to the list; selects the first row if none is
    [[nodiscard]] RowList& list() const { return *m_list; }
    [[nodiscard]] QList<QAction*> keyActions() override;

  protected:
    /// Wires list and model; once, when the derived panel is complete.
    void setUp(RowList& list, RowSource& model);
    void retranslate() override;
    void restyle() override;

    [[nodiscard]] base::Uuid currentId() const; ///< null while no row is
    virtual void take(const Changes& changes) = 0;
    /// A key pressed in the list: Space, Return, a letter. False if the panel has no use for it.
    virtual bool command(int key) = 0;
    /// Something that a key of the list does.
    struct KeyAct {
        int key{0}; ///< for command()
        QString keyText;
        const char* english{""};
        QString word;     ///< in general: "Shelve for a time"
        QString sentence; ///< as things stand: "Shelve 132 alarms…"; empty: nothing to run from elsewhere
        QString glyph;
        bool possible{true};
    };
    [[nodiscard]] virtual std::vector<KeyAct> keyActs() const { return {}; } ///< always the same ones, in the same order
    virtual void currentMoved() {} ///< or its thing changed: enable what can be done with it
    [[nodiscard]] virtual Selected selectedFor(const base::Uuid& id) const = 0;
    /// The id in a selection of this panel's kind, else null.
    [[nodiscard]] virtual base::Uuid idIn(const Selected& selected) const = 0;
    virtual void words() {} ///< sets every text that is not made on demand
    void showSelection();   ///< makes the row of what is selected the current one, or none

  private:

    RowList* m_list{nullptr};
    QList<QAction*> m_keyActions;
    RowSource* m_model{nullptr};
    bool m_following{false}; ///< the list is being moved by the program, not by a person
};

} // namespace tocsin::gui
