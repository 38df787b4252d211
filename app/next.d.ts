/// <reference types="next" />
/// <reference types="next/image-types/global" />
// The generated next-env.d.ts says the same, but only after a first build; a fresh clone is type-checked before.
