import { ArrowDown, ArrowUp, FileInput, Plus, Table2, Trash2, X } from "lucide-react";
import { useState } from "react";
import { ANYTHING, type Block, cellAt, columnName, type Grid, gridOf, movedRow, withCell, withoutColumn, withoutRow, withRow } from "../model/grid";
import { list, put, type Thing, thing, things } from "../model/json";
import { plain } from "../model/schema";
import { address } from "../model/start";
import { Button, IconButton } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Sign } from "../parts/Icon";
import { useLabels } from "../form/ruleWords";
import { useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { Frame } from "./Frame";
import { newEntry } from "./ListWidget";
import { ObjectWidget, Parts } from "./ObjectWidget";
import type { WidgetProps } from "./widget";

// A decision table: what is asked and what comes out are settings; the rules are a grid in a window of its own.
export function GridWidget(props: WidgetProps) {
  const { schema, root, id, label, path, value } = props;
  const [open, setOpen] = useState(false);
  const { start } = useDesk();
  const grid = gridOf(schema, root);
  if (!grid) return <ObjectWidget {...props} />;
  const { [grid.rows]: _, ...rest } = schema.properties ?? {};
  const count = list(thing(value)[grid.rows]).length;
  return (
    <Frame id={id} label={label} help={schema.ui?.help} path={path} group>
      <Button icon={Table2} id={id} onClick={() => setOpen(true)}>
        {tn(count, "Open the table with {n} rule", "Open the table with {n} rules")}
      </Button>
      {address(start.urls, "tables") && (
        <a className="cwd-btn cwd-btn--plain" href={address(start.urls, "tables")}>
          <Sign of={FileInput} size={16} />
          {t("Import or export DMN")}
        </a>
      )}
      <Parts {...props} schema={{ ...schema, properties: rest }} />
      {open && (
        <Dialog wide title={label} onClose={() => setOpen(false)}>
          <Sheet {...props} grid={grid} />
        </Dialog>
      )}
    </Frame>
  );
}

function Sheet({ grid, schema, root, value, path, onChange }: WidgetProps & { grid: Grid }) {
  const table = thing(value);
  const set = (next: Thing, join?: string): void => onChange(next, join);
  const rows = things(table[grid.rows]);
  const addColumn = (block: Block): void => {
    const shape = plain(schema.properties?.[block.columns] ?? {}, root);
    const items = shape.items && plain(shape.items, root);
    if (items) set(thing(put(table, [block.columns], [...list(table[block.columns]), newEntry(items, root, list(table[block.columns]))])));
  };
  return (
    <div className="cwd-scroll" tabIndex={0} role="region" aria-label={t("Rules")}>
      <table className="cwd-grid">
        <thead>
          <tr>
            <th scope="col">{t("Rule")}</th>
            {grid.blocks.map((block) => (
              <Heads key={block.columns} block={block} table={table} onRemove={(index) => set(withoutColumn(table, grid, block, index))} onAdd={() => addColumn(block)} />
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              {grid.blocks.map((block) => (
                <Cells key={block.cells} row={row} number={index + 1} block={block} table={table} onCell={(column, words) => set(withCell(table, grid, index, block, column, words), `${path.join("/")} ${index} ${column}`)} />
              ))}
              <td className="cwd-grid__tools">
                <IconButton small icon={ArrowUp} label={t("Move rule {n} up", { n: index + 1 })} disabled={index === 0} onClick={() => set(movedRow(table, grid, index, -1))} />
                <IconButton small icon={ArrowDown} label={t("Move rule {n} down", { n: index + 1 })} disabled={index === rows.length - 1} onClick={() => set(movedRow(table, grid, index, 1))} />
                <IconButton small icon={Trash2} label={t("Delete rule {n}", { n: index + 1 })} onClick={() => set(withoutRow(table, grid, index))} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button small icon={Plus} onClick={() => set(withRow(table, grid, rows.length))}>
        {t("Add a rule")}
      </Button>
      <p className="cwd-hint">{t("A cell holds a value, a comparison such as < 18, a range such as [1..5], several values with commas, or - for anything.")}</p>
    </div>
  );
}

function Heads({ block, table, onRemove, onAdd }: { block: Block; table: Thing; onRemove: (index: number) => void; onAdd: () => void }) {
  const { start } = useDesk();
  const labels = useLabels();
  return (
    <>
      {things(table[block.columns]).map((column, index) => {
        const name = columnName(column, start.language, labels) || t("Column {n}", { n: index + 1 });
        return (
          <th scope="col" key={index}>
            <span className="cwd-meta">{block.title}</span>
            <span className="cwd-between">
              <bdi>{name}</bdi>
              <IconButton small icon={X} label={t("Remove {name}", { name })} onClick={() => onRemove(index)} />
            </span>
          </th>
        );
      })}
      <td className="cwd-grid__tools">
        <IconButton small icon={Plus} label={t("Add to {name}", { name: block.title })} onClick={onAdd} />
      </td>
    </>
  );
}

interface CellsProps {
  row: Thing;
  number: number;
  block: Block;
  table: Thing;
  onCell: (column: number, words: string) => void;
}

function Cells({ row, number, block, table, onCell }: CellsProps) {
  const { start } = useDesk();
  const labels = useLabels();
  return (
    <>
      {things(table[block.columns]).map((column, index) => (
        <td key={index}>
          <input
            className="cwd-in cwd-code"
            dir="ltr"
            aria-label={t("Rule {n}, {column}", { n: number, column: columnName(column, start.language, labels) || String(index + 1) })}
            value={cellAt(row, block, index)}
            placeholder={ANYTHING}
            onChange={(event) => onCell(index, event.target.value)}
            onBlur={(event) => event.target.value.trim() === "" && onCell(index, ANYTHING)}
          />
        </td>
      ))}
      <td />
    </>
  );
}
