import type { UseCase } from './use-case.ts';

/** Models and query builders of the supported tools' neighbours. */
export const ormCases: readonly UseCase[] = [
  {
    title: 'Prisma: the field of the mapped model',
    drops: 'users.last_login_at',
    files: {
      'prisma/schema.prisma': `model User {
  id          Int       @id
  // lastLoginAt was here once
  lastLoginAt DateTime? @map("last_login_at")
  @@map("users")
}

model Session {
  id          Int       @id
  lastLoginAt DateTime?
}
`,
    },
    found: ['prisma/schema.prisma:4 likely'],
  },
  {
    title: 'Prisma: a model has the name of its table',
    drops: 'User.name',
    files: {
      'prisma/schema.prisma': 'model User {\n  id Int @id\n  name String\n}\nmodel Tag {\n  name String\n}\n',
    },
    found: ['prisma/schema.prisma:3 likely'],
  },
  {
    title: 'Prisma: @ignore',
    drops: 'users.nickname',
    files: { 'schema.prisma': 'model users {\n  id Int @id\n  nickname String? @ignore\n}\n' },
    found: [],
  },
  {
    title: 'Prisma: the client',
    drops: 'users.nickname',
    files: {
      'src/a.ts': `export const find = (nickname: string) =>
  prisma.user.findMany({
    where: { nickname },
  });
export const other = (nickname: string) => prisma.session.findMany({ where: { nickname } });
export const shown = (user: User) => user.nickname;
`,
    },
    found: ['src/a.ts:3 likely', 'src/a.ts:6 likely'],
  },
  {
    title: 'Drizzle: a column by its name and by its key',
    drops: 'users.display_name',
    files: {
      'src/schema.ts': `export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  displayName: text('display_name'),
});
export const teams = pgTable('teams', {
  displayName: text('display_name'),
});
`,
      'src/b.ts': 'const rows = await db.select({ shown: users.displayName }).from(users);\n',
    },
    found: ['src/b.ts:1 likely', 'src/schema.ts:3 likely'],
  },
  {
    title: 'Drizzle: a common word in the table',
    drops: 'users.name',
    files: {
      'src/schema.ts':
        "export const users = pgTable('users', {\n  name: text('name'),\n});\nexport const name = 'x';\n",
    },
    found: ['src/schema.ts:2 likely'],
  },
  {
    title: 'Django: the model of the app',
    drops: 'shop_order.tracking_code',
    files: {
      'shop/models.py': `class Order(models.Model):
    tracking_code = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]


class Parcel(models.Model):
    tracking_code = models.CharField(max_length=40)
`,
    },
    found: ['shop/models.py:2 likely'],
  },
  {
    title: 'Django: db_table',
    drops: 'orders.tracking_code',
    files: {
      'shop/models.py': `class Purchase(models.Model):
    tracking_code = models.CharField(max_length=40)

    class Meta:
        db_table = "orders"
`,
    },
    found: ['shop/models.py:2 likely'],
  },
  {
    title: 'Django: a model of that name for another table',
    drops: 'orders.tracking_code',
    files: {
      'a/models.py':
        'class Order(models.Model):\n    tracking_code = models.CharField()\n\n    class Meta:\n        db_table = "other"\n',
    },
    found: [],
  },
  {
    title: 'SQLAlchemy: __tablename__',
    drops: 'users.nickname',
    files: {
      'app/models.py': `class Member(Base):
    __tablename__ = "users"
    id = mapped_column(Integer, primary_key=True)
    nickname = mapped_column(String)


class Group(Base):
    __tablename__ = "groups"
    nickname = mapped_column(String)
`,
    },
    found: ['app/models.py:4 likely'],
  },
  {
    title: 'SQLAlchemy: Table',
    drops: 'users.nickname',
    files: {
      'tables.py':
        'users = Table(\n    "users",\n    metadata,\n    Column("nickname", String),\n)\nq = select(users.c.nickname)\n',
    },
    found: ['tables.py:4 likely', 'tables.py:6 likely'],
  },
  {
    title: 'ActiveRecord: the model by its convention',
    drops: 'users.nickname',
    files: {
      'app/models/user.rb': 'class User < ApplicationRecord\n  validates :nickname, presence: true\nend\n',
      'app/views/show.html.erb': '<p><%= @user.nickname %></p>\n',
      'db/schema.rb': 'create_table "users" do |t|\n  t.string "nickname"\nend\n',
    },
    found: ['app/models/user.rb:2 likely', 'app/views/show.html.erb:1 likely'],
  },
  {
    title: 'ActiveRecord: ignored_columns',
    drops: 'users.nickname',
    files: {
      'app/models/user.rb': 'class User < ApplicationRecord\n  self.ignored_columns += ["nickname"]\nend\n',
    },
    found: [],
  },
  {
    title: 'ActiveRecord: where',
    drops: 'user_profiles.locale_code',
    files: {
      'app/jobs/a.rb': "UserProfile.where(locale_code: 'de').find_each do |p|\n  p.touch\nend\n",
    },
    found: ['app/jobs/a.rb:1 likely'],
  },
  {
    title: 'TypeORM: @Entity',
    drops: 'users.nickName',
    files: {
      'src/user.entity.ts': `@Entity('users')
export class Person {
  @PrimaryColumn()
  id!: number;

  @Column({ nullable: true })
  nickName?: string;
}

@Entity('teams')
export class Team {
  @Column()
  nickName?: string;
}
`,
    },
    found: ['src/user.entity.ts:7 likely'],
  },
  {
    title: 'TypeORM: the column by its name',
    drops: 'users.nick_name',
    files: {
      'src/user.entity.ts':
        "@Entity({ name: 'users' })\nexport class Person {\n  @Column({ name: 'nick_name' })\n  nick!: string;\n}\n",
    },
    found: ['src/user.entity.ts:3 likely'],
  },
  {
    title: 'Knex: before and after the table',
    drops: 'users.nickname',
    files: {
      'src/a.js': `const one = await knex('users').where({ nickname }).first();
const two = await db
  .select('id', 'nickname')
  .from('users');
const three = await knex('teams').where({ nickname }).first();
`,
    },
    found: ['src/a.js:1 likely', 'src/a.js:3 likely'],
  },
  {
    title: 'Kysely and Supabase',
    drops: 'users.nickname',
    files: {
      'src/k.ts': "db.selectFrom('users').select(['id', 'nickname']).execute();\n",
      'src/s.ts': "await supabase\n  .from('users')\n  .select('id, nickname');\n",
    },
    found: ['src/k.ts:1 likely', 'src/s.ts:3 likely'],
  },
  {
    title: 'Sequelize',
    drops: 'users.nickname',
    files: {
      'models/user.js':
        "module.exports = (sequelize) =>\n  sequelize.define('users', {\n    nickname: DataTypes.STRING,\n  });\n",
    },
    found: ['models/user.js:3 likely'],
  },
  {
    title: 'Diesel’s schema',
    drops: 'users.nickname',
    files: {
      'src/schema.rs':
        'diesel::table! {\n    users (id) {\n        id -> Int4,\n        nickname -> Text,\n    }\n}\n',
    },
    found: ['src/schema.rs:4 likely'],
  },
  {
    title: 'Diesel’s model, and a field that is read from elsewhere',
    drops: 'users.nickname',
    files: {
      'src/user.rs':
        '#[derive(Queryable)]\n#[diesel(table_name = users)]\npub struct User {\n    pub nickname: String,\n}\n',
      'src/other.rs':
        '#[derive(Queryable)]\n#[diesel(table_name = users)]\npub struct User {\n    #[diesel(select_expression = profiles::nickname)]\n    #[serde(skip)]\n    pub nickname: String,\n}\n',
    },
    found: ['src/user.rs:4 likely'],
  },
  {
    title: 'GORM and sqlx tags',
    drops: 'users.nick_name',
    files: {
      'user.go': 'type User struct {\n\tID int\n\tNickName string `gorm:"column:nick_name"`\n}\n',
    },
    found: ['user.go:3 likely'],
  },
  {
    title: 'JPA',
    drops: 'users.nick_name',
    files: {
      'User.java':
        '@Entity\n@Table(name = "users")\npublic class Person {\n    @Column(name = "nick_name")\n    private String nick;\n}\n',
    },
    found: ['User.java:4 likely'],
  },
  {
    title: 'Ecto',
    drops: 'users.nickname',
    files: {
      'lib/user.ex': 'defmodule App.User do\n  schema "users" do\n    field :nickname, :string\n  end\nend\n',
    },
    found: ['lib/user.ex:3 likely'],
  },
  {
    title: 'Eloquent',
    drops: 'users.nickname',
    files: {
      'app/Models/User.php':
        "<?php\nclass User extends Model\n{\n    protected $fillable = ['nickname'];\n}\n",
    },
    found: ['app/Models/User.php:4 likely'],
  },
];
