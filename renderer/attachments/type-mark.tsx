/** The letters people know a type by: "PDF", "DOCX", from the name's ending; else from what the type is called. */
export function TypeMark({ name, typeName = 'File' }: { name: string; typeName?: string }) {
  const ending = /\.([a-z0-9]{2,7})$/i.exec(name)?.[1];
  return (
    <span aria-hidden className="text-sm font-semibold tracking-[0.04em] uppercase">
      {ending ?? typeName.split(' ')[0]}
    </span>
  );
}
